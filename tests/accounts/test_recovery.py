"""Lost second factors: two operators, a day of waiting, letters everywhere, a way to stop."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.factors.queries import has_factor
from accounts.models import ContactPoint
from accounts.recovery.actions.approve_recovery import approve_recovery
from accounts.recovery.actions.begin_recovery import begin_recovery
from accounts.recovery.actions.refuse_recovery import refuse_recovery
from accounts.recovery.actions.stop_recovery import stop_recovery
from accounts.recovery.actions.vouch_recovery import vouch_recovery
from accounts.recovery.errors import NothingLost, OtherOperator, RecoveryAsked, RecoveryMovedOn
from accounts.recovery.models import Recovery
from accounts.recovery.states import OPEN, TRANSITIONS, RecoveryState, after
from core.errors import Invalid, NotFound
from notifications.models import Dispatch
from tests.accounts.test_pages import Browser, app, find_in_letters

__all__ = ["app"]


@pytest.fixture
def second(world):
    """A second operator's actor."""
    person = world.person("second@example.org")
    house = next(iter(world.actor(world.operator).organisations))
    world.registrar.member(house, world.operator, person, "second@example.org", ["operator"])
    world.registrar.second_factor(person)
    return world.actor(person)


def row_of(world, id):
    with world.executor.database.read() as session:
        return session.get_one(Recovery, id)


def protected(world):
    with world.executor.database.read() as session:
        return has_factor(session, world.officer)


def lost(app, world):
    """The officer asks, after the password, and waits."""
    browser = Browser(app)
    browser.post_sign_in("officer@example.org")
    browser.get("/en/sign-in/second/lost")
    browser.post("/en/sign-in/second/lost", note="Call 0571 8888 8888.")
    with world.executor.database.read() as session:
        return session.scalars(select(Recovery.id).where(Recovery.state.in_(OPEN))).one()


def test_from_the_request_to_the_reset(app, world, second, drain, clock, runtime):
    signed = Browser(app)
    signed.sign_in("officer@example.org")
    signed.get("/en/account/contacts")
    asked = signed.post("/en/account/contacts", contact="13900001111")
    signed.get(asked.location)
    signed.post(asked.location, code=world.codes.code(asked.location.rpartition("/")[2]))
    id = lost(app, world)
    operator, run = world.actor(world.operator), world.executor.run
    run(operator, vouch_recovery, id, "Called the number of the institute's register.")
    with pytest.raises(OtherOperator):
        run(operator, approve_recovery, id)
    run(second, approve_recovery, id)
    drain()
    with world.executor.database.read() as session:
        sent = select(Dispatch.address).where(Dispatch.topic == "person.recovery_waits")
        assert set(session.scalars(sent)) == {"officer@example.org", "+8613900001111"}
    clock.move(timedelta(hours=23, minutes=58))
    other = Browser(app)
    other.sign_in("officer@example.org")
    drain()
    assert protected(world), "the day is not over"
    clock.move(timedelta(minutes=1))
    drain()
    assert not protected(world)
    assert row_of(world, id).state == "done"
    other.get("/en/account", status=302)
    browser = Browser(app)
    assert browser.post_sign_in("officer@example.org").location == "/en/"
    assert browser.get("/en/queue", status=302).location.endswith("/account/security")
    assert find_in_letters(runtime, "every session ended")


def test_the_letter_stops_it_by_a_button(app, world, second, drain, clock, runtime):
    id = lost(app, world)
    world.executor.run(world.actor(world.operator), vouch_recovery, id, "A call.")
    world.executor.run(second, approve_recovery, id)
    drain()
    link = find_in_letters(runtime, r"http://[^\s]+(/en/recovery/[0-9a-f.]+)")
    stranger = Browser(app)
    stranger.get(link[:-1] + ("0" if link[-1] != "0" else "1"), status=404)
    stranger.get(link)
    assert row_of(world, id).state == "waiting", "looking stops nothing"
    stranger.post(link)
    assert row_of(world, id).state == "stopped"
    clock.move(timedelta(days=2))
    drain()
    assert protected(world)
    assert "stopped or refused" in stranger.get(link).text


def test_who_may_do_what(app, world, second):
    run, operator = world.executor.run, world.actor(world.operator)
    officer = world.actor(world.officer)
    plain = world.person("plain@example.org")
    with pytest.raises(NothingLost):
        run(operator, begin_recovery, plain)
    with pytest.raises(OtherOperator):
        run(operator, begin_recovery, world.operator)
    with pytest.raises(NotFound):
        run(officer, begin_recovery, world.officer)
    id = run(operator, begin_recovery, world.officer).ref
    with pytest.raises(RecoveryAsked):
        run(second, begin_recovery, world.officer)
    with pytest.raises(Invalid):
        run(operator, vouch_recovery, id, " ")
    with pytest.raises(RecoveryMovedOn):
        run(second, approve_recovery, id)
    with pytest.raises(NotFound):
        run(world.actor(plain), stop_recovery, id)
    with pytest.raises(NotFound):
        run(world.actor(plain), stop_recovery, id, "x.y")
    run(officer, stop_recovery, id)
    again = run(operator, begin_recovery, world.officer).ref
    run(second, refuse_recovery, again)
    assert (row_of(world, id).state, row_of(world, again).state) == ("stopped", "refused")
    own = run(second, begin_recovery, world.operator).ref
    with pytest.raises(OtherOperator):
        run(operator, vouch_recovery, own, "It is me.")


def test_the_console_shows_and_decides(app, world, second):
    id = lost(app, world)
    browser = Browser(app)
    browser.sign_in("operator@example.org")
    assert "0571 8888 8888" in browser.get("/en/operator/recoveries").text
    browser.post(f"/en/operator/recoveries/{id}", status=422, decision="vouch", evidence="")
    browser.post(f"/en/operator/recoveries/{id}", decision="vouch", evidence="A call.")
    browser.post(f"/en/operator/recoveries/{id}", status=403, decision="approve")
    assert row_of(world, id).state == "vouched"
    own = Browser(app)
    own.sign_in("officer@example.org")
    assert "Stop the recovery" in own.get("/en/account/security").text
    own.post("/en/account/security/recovery/stop")
    assert row_of(world, id).state == "stopped"


def test_every_step_from_every_state():
    steps = {step for _, step in TRANSITIONS}
    ended = {RecoveryState.DONE, RecoveryState.STOPPED, RecoveryState.REFUSED}
    table = {(state, step): after(state, step) for state in RecoveryState for step in steps}
    assert all(table[state, step] is None for state in ended for step in steps)
    assert table[RecoveryState.ASKED, "approve"] is None, "nobody has vouched"
    assert table[RecoveryState.VOUCHED, "carry_out"] is None, "nobody was told"
    assert sum(found is not None for found in table.values()) == len(TRANSITIONS)


def test_a_contact_is_proven_and_one_always_stays(app, world):
    world.person("mei@example.org")
    world.person("eve@example.org")
    mei, eve = Browser(app), Browser(app)
    mei.sign_in("mei@example.org")
    eve.sign_in("eve@example.org")
    mei.get("/en/account/contacts")
    asked = mei.post("/en/account/contacts", contact="Mei.Second@Example.org")
    challenge = asked.location.rpartition("/")[2]
    eve.get("/en/account/contacts")
    wrong = eve.post(f"/en/account/contacts/prove/{challenge}", status=422,
                     code=world.codes.code(challenge))  # fmt: skip
    assert "does not fit" in wrong.text
    mei.get("/en/account/contacts")
    again = mei.post("/en/account/contacts", contact="mei.second@example.org")
    mei.get(again.location)
    mei.post(again.location, code=world.codes.code(again.location.rpartition("/")[2]))
    other = Browser(app)
    assert other.sign_in("mei.second@example.org").location == "/en/"
    taken = eve.post("/en/account/contacts", contact="mei.second@example.org")
    said = eve.post(taken.location, status=422,
                    code=world.codes.code(taken.location.rpartition("/")[2]))  # fmt: skip
    assert "proven this contact meanwhile" in said.text
    with world.executor.database.read() as session:
        where = ContactPoint.value == "mei@example.org"
        first = session.scalars(select(ContactPoint.id).where(where)).one()
        where = (
            ContactPoint.value == "mei.second@example.org",
            ContactPoint.verified_at.is_not(None),
        )
        second = session.scalars(select(ContactPoint.id).where(*where)).one()
    mei.get("/en/account/contacts")
    mei.post(f"/en/account/contacts/{first}/remove")
    mei.post(f"/en/account/contacts/{second}/remove", status=409)
    eve.post(f"/en/account/contacts/{second}/remove", status=404)
