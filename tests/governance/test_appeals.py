"""Sanctions with their term, and appeals that another operator decides, on a real database."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from accounts.actions.impose_sanction import Imposed, impose_sanction
from accounts.actions.lift_sanction import lift_sanction
from accounts.actions.vet_organisation import vet_organisation
from accounts.errors import Sanctioned, SanctionMovedOn, SecondPersonNeeded
from accounts.models import Organisation, Sanction
from accounts.queries import load_actor
from core.errors import Forbidden, Invalid, NotFound
from core.times import legal_date
from deals.actions.send_inquiry import send_inquiry
from governance.actions.dismiss_appeal import dismiss_appeal
from governance.actions.grant_appeal import grant_appeal
from governance.actions.send_appeal import send_appeal
from governance.errors import AppealedAlready, AppealLate, AppealMovedOn, OwnAppeal
from governance.models import Appeal
from governance.states import APPEAL, AppealAct, AppealState, after_appeal
from listings.actions.draft_need import draft_need
from listings.actions.moderate_listing import moderate_listing
from listings.actions.publish_listing import publish_listing
from listings.inputs import NeedInput
from listings.models import Listing
from notifications.models import Message
from tests.deals.conftest import LISTING, OPERATOR, person

SECOND = person("second-operator", OPERATOR)
ABOUT = f"listing:{LISTING}"
NEED = NeedInput("zh", "散热需求", "一句话。")


@pytest.fixture
def act(stage):
    """Runs an action and gives its id."""
    return lambda actor, action, *typed: stage.executor.run(actor, action, *typed).ref


@pytest.fixture
def now(runtime):
    def read():
        with runtime.database.read() as session:
            return runtime.database.now(session)

    return read


def impose(act, stage, now, about, measure, days=10):
    last = legal_date(now(), stage.executor.ports.zone) + timedelta(days=days)
    typed = Imposed(about, measure, "untrue", "事实。", None if measure == "warning" else last)
    return act(stage.operator, impose_sanction, typed)


def actor(runtime, id):
    with runtime.database.read() as session:
        return load_actor(session, id, runtime.database.now(session))


def row(runtime, model, id):
    with runtime.database.read() as session:
        return session.get_one(model, id)


def told(runtime) -> set[tuple[str, str]]:
    runtime.worker.run_until_idle()
    with runtime.database.read() as session:
        return {tuple(one) for one in session.execute(select(Message.topic, Message.person))}


def test_what_was_taken_down_is_public_again_when_the_appeal_is_granted(act, stage, runtime):
    act(stage.operator, moderate_listing, LISTING, "misleading", "夸大。")
    appeal = act(stage.officer, send_appeal, ABOUT, "有检测报告。")
    assert row(runtime, Appeal, appeal).profile.startswith("cn-")
    with pytest.raises(OwnAppeal):
        act(stage.operator, grant_appeal, appeal, "自己改。")
    act(SECOND, grant_appeal, appeal, "报告属实。")
    listing = row(runtime, Listing, LISTING)
    assert (listing.state, listing.returned_code) == ("published", None)
    assert ("appeal.granted", "officer") in told(runtime)


def test_what_was_dismissed_stays_down_and_is_not_decided_twice(act, stage, runtime):
    act(stage.operator, moderate_listing, LISTING, "misleading")
    appeal = act(stage.officer, send_appeal, ABOUT, "有检测报告。")
    act(SECOND, dismiss_appeal, appeal, "报告不涉及该指标。")
    assert row(runtime, Listing, LISTING).state == "withdrawn"
    with pytest.raises(AppealMovedOn):
        act(SECOND, grant_appeal, appeal, "再想想。")
    with pytest.raises(AppealedAlready):
        act(stage.second, send_appeal, ABOUT, "再来一次。")
    assert ("appeal.dismissed", "second") in told(runtime)


def test_an_appeal_comes_in_time_and_from_whom_it_concerns(act, stage, clock):
    act(stage.operator, moderate_listing, LISTING, "misleading")
    for other in (stage.stranger, stage.buyer, stage.scholar):
        with pytest.raises(NotFound):
            act(other, send_appeal, ABOUT, "与我无关。")
    clock.move(timedelta(days=16))
    with pytest.raises(AppealLate):
        act(stage.officer, send_appeal, ABOUT, "太晚。")


def test_a_notice_of_infringement_is_not_appealed_but_countered(procedure):
    procedure.measured()
    with pytest.raises(NotFound):
        procedure.run(procedure.stage.officer, send_appeal, ABOUT, "我方自行研发。")


def test_a_suspended_organisation_is_restored_by_its_appeal(act, stage, runtime):
    act(stage.operator, vet_organisation, "institute", "suspend", "资料不实。")
    assert actor(runtime, "officer").seats == ()
    appeal = act(actor(runtime, "officer"), send_appeal, "organisation:institute", "资料已更新。")
    act(SECOND, grant_appeal, appeal, "已核对。")
    assert row(runtime, Organisation, "institute").state == "vetted"


def test_the_database_too_wants_another_operator(act, stage, runtime):
    act(stage.operator, moderate_listing, LISTING, "misleading")
    appeal = act(stage.officer, send_appeal, ABOUT, "有检测报告。")

    def cheat(uow):
        at = uow.lock(Appeal, appeal)
        at.row.state, at.row.answered_at = "granted", at.now
        at.row.answered_by = stage.operator.person
        at.record("cheated")

    with pytest.raises(IntegrityError):
        runtime.executor.run(stage.operator, cheat)


@pytest.mark.parametrize("cell", list(product(AppealState, AppealAct)))
def test_every_cell_of_the_appeals_table(cell):
    if cell in APPEAL:
        assert after_appeal(*cell) in AppealState
    else:
        with pytest.raises(AppealMovedOn):
            after_appeal(*cell)


def test_no_listings_bars_what_is_new_until_its_last_day_is_over(act, stage, runtime, now, clock):
    sanction = impose(act, stage, now, "organisation:firm", "no_listings")
    with pytest.raises(Sanctioned):
        act(actor(runtime, "buyer"), draft_need, "firm", NEED)
    act(actor(runtime, "buyer"), send_inquiry, stage.question())
    clock.set(row(runtime, Sanction, sanction).until)
    act(actor(runtime, "buyer"), draft_need, "firm", NEED)
    runtime.executor.settle(f"sanction:{sanction}")
    assert row(runtime, Sanction, sanction).state == "ended"
    assert ("sanction.ended", "officer") in told(runtime)


def test_a_barred_office_cannot_publish(act, stage, runtime, now):
    impose(act, stage, now, "person:officer", "no_listings")
    with pytest.raises(Sanctioned):
        act(actor(runtime, "officer"), publish_listing, LISTING)


def test_no_inquiries_bars_asking_and_nothing_else(act, stage, runtime, now):
    impose(act, stage, now, "person:buyer", "no_inquiries")
    with pytest.raises(Sanctioned):
        act(actor(runtime, "buyer"), send_inquiry, stage.question())
    act(actor(runtime, "buyer"), draft_need, "firm", NEED)


def test_a_suspended_person_holds_no_seat_and_may_appeal(act, stage, runtime, now):
    sanction = impose(act, stage, now, "person:buyer", "suspended")
    assert actor(runtime, "buyer").seats == ()
    with pytest.raises(Forbidden):
        act(actor(runtime, "stranger"), draft_need, "firm", NEED)
    appeal = act(actor(runtime, "buyer"), send_appeal, f"sanction:{sanction}", "不是我。")
    act(SECOND, grant_appeal, appeal, "查明。")
    assert actor(runtime, "buyer").seats != ()
    assert row(runtime, Sanction, sanction).lifted_by == SECOND.person


def test_a_suspended_organisation_takes_nobody_elses_seats(act, stage, runtime, now):
    impose(act, stage, now, "organisation:firm", "suspended")
    assert actor(runtime, "buyer").seats == ()
    assert actor(runtime, "officer").seats != ()


def test_a_warning_bars_nothing_and_is_told(act, stage, runtime, now):
    impose(act, stage, now, "person:buyer", "warning")
    assert actor(runtime, "buyer").barred == frozenset()
    assert ("sanction.imposed", "buyer") in told(runtime)


def test_a_sanction_is_taken_back_once(act, stage, now):
    sanction = impose(act, stage, now, "person:buyer", "no_inquiries")
    act(SECOND, lift_sanction, sanction, "误会。")
    with pytest.raises(SanctionMovedOn):
        act(SECOND, lift_sanction, sanction, "误会。")


def test_nobody_sanctions_themselves_and_nobody_else_does_at_all(act, stage, now):
    last = date(2026, 12, 1)
    own = Imposed("person:approver", "no_inquiries", "untrue", "事实。", last)
    with pytest.raises(SecondPersonNeeded):
        act(stage.operator, impose_sanction, own)
    with pytest.raises(NotFound):
        act(stage.officer, impose_sanction, Imposed("person:buyer", "warning", "untrue", "事实。"))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"measure": "exile"}, "measure"),
        ({"rule": "none"}, "rule"),
        ({"reason": " "}, "reason"),
        ({"last_day": None}, "last_day"),
        ({"last_day": date(2026, 1, 1)}, "last_day"),
        ({"last_day": date(2028, 12, 1)}, "last_day"),
        ({"measure": "warning"}, "last_day"),
    ],
)
def test_what_a_sanction_must_say(act, stage, wrong, field):
    good = {"measure": "no_listings", "rule": "untrue", "reason": "事实。",
            "last_day": date(2026, 12, 1)}  # fmt: skip
    with pytest.raises(Invalid) as refused:
        act(stage.operator, impose_sanction, Imposed("person:buyer", **(good | wrong)))
    assert set(refused.value.problems) == {field}
