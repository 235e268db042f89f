"""Emergency stops, features and announcements on a real database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from accounts import revoking
from accounts.actions.make_token import make_token
from accounts.codes import hash_token
from accounts.factors.errors import StepOver
from accounts.factors.models import SignInStep
from accounts.factors.proving import open_step
from accounts.factors.rules import STEP_LIFE
from accounts.models import LoginSession, Person
from accounts.queries import find_session
from accounts.tokens import find_token
from core.actor import ANONYMOUS, SYSTEM
from core.errors import Invalid, NotFound
from core.features import FEATURES, FeatureChoice, choices, feature_of, is_on
from core.models import Audit
from core.results import Done
from core.stops import HOLDING, DealsStopped, ListingsStopped, Stop
from deals.actions.accept_offer import accept_offer
from deals.actions.open_deal import open_deal
from deals.actions.post_terms import post_terms
from deals.actions.withdraw_offer import withdraw_offer
from deals.posting import Posted
from governance.actions.announce import announce
from governance.actions.choose_feature import choose_feature
from governance.actions.pull_stop import pull_stop
from governance.actions.release_stop import release_stop
from governance.actions.withdraw_announcement import withdraw_announcement
from governance.announcements import Said, begun, standing
from governance.errors import AnnouncementGone, OwnStop, StopMovedOn, StoppedAlready
from listings.actions.draft_need import draft_need
from listings.actions.publish_need import publish_need
from listings.inputs import NeedInput
from notifications.models import Dispatch, Message
from tests.deals.conftest import LISTING, OPERATOR, OWN_RULES, person, terms
from tests.webapp.desks import app, enter
from webapp.presenters.standing import STOPPED

__all__ = ["app"]

SECOND = person("second-operator", OPERATOR)


@pytest.fixture
def act(stage):
    """Runs an action and gives its id."""
    return lambda actor, action, *typed: stage.executor.run(actor, action, *typed).ref


@pytest.fixture
def read(runtime):
    """Asks something of the database, now."""

    def ask(question, *more):
        with runtime.database.read() as session:
            return question(session, *more)

    return ask


def test_no_deal_opens_and_nothing_is_accepted_while_deals_are_stopped(act, stage):
    deal = stage.open()
    stage.offer(deal, stage.officer)
    asked = stage.ask(stage.buyer)
    stop = act(stage.operator, pull_stop, "deals", "核查异常成交。")
    with pytest.raises(DealsStopped):
        act(stage.officer, open_deal, asked)
    with pytest.raises(DealsStopped):
        act(stage.buyer, accept_offer, deal, 1)
    with pytest.raises(DealsStopped):
        act(
            stage.officer,
            post_terms,
            LISTING,
            Posted("fixed_price", terms(), mode_reason=OWN_RULES),
        )
    act(SECOND, release_stop, stop, "已查明。")
    act(stage.buyer, accept_offer, deal, 1)


def test_what_runs_goes_on_while_deals_are_stopped(act, stage):
    deal = stage.open()
    stage.offer(deal, stage.officer)
    act(stage.operator, pull_stop, "deals", "核查。")
    act(stage.officer, withdraw_offer, deal, 1)
    assert stage.deal(deal).state == "talking"


def test_nothing_is_published_while_publication_is_stopped(act, stage):
    need = act(stage.buyer, draft_need, "firm", NeedInput("zh", "散热需求", "一句话。"))
    act(stage.operator, pull_stop, "listings", "清理。")
    with pytest.raises(ListingsStopped):
        act(stage.buyer, publish_need, need)


def test_letters_wait_while_outgoing_mail_is_stopped_and_follow(act, stage, runtime, read):
    def states(session):
        return {row.state for row in session.query(Dispatch)}

    stop = act(stage.operator, pull_stop, "outgoing", "邮件服务异常。")
    stage.ask()
    runtime.worker.run_until_idle()
    assert read(states) == {"ready"}
    act(SECOND, release_stop, stop, "已恢复。")
    runtime.worker.run_until_idle()
    assert "ready" not in read(states)


@pytest.fixture
def opens(act, stage, read, runtime):
    """Who holds what: a session of the buyer, a token of the officer, half a sign-in of another.
    Gives which of them open something now."""
    act(SYSTEM, enter, "buyer", "session")
    act(stage.officer, make_token, "Bridge", ["read:market"], 30, hash_token("token"), "tok")
    act(SYSTEM, begin_sign_in, "second")

    def ask() -> set[str]:
        now = read(runtime.database.now)
        held = {
            "session": read(find_session, hash_token("session"), now),
            "token": read(find_token, "token", now),
            "half": runtime.executor.run(SYSTEM, still_half, "second").ref,
        }
        return {what for what, found in held.items() if found}

    return ask


def begin_sign_in(uow, person: str) -> Done:
    at = uow.lock(Person, person)
    life = {"made_at": at.now, "expires_at": at.now + STEP_LIFE}
    at.add(SignInStep(token_hash=hash_token("half"), person=person, **life))
    at.record("password_fits")
    return Done()


def still_half(uow, person: str) -> Done:
    try:
        return Done(open_step(uow.lock(Person, person), hash_token("half")).id)
    except StepOver:
        return Done()


def test_everybody_is_signed_out_at_once(act, stage, opens):
    assert opens() == {"session", "token", "half"}
    act(stage.operator, pull_stop, "sessions", "凭证可能泄露。")
    assert opens() == set()


def test_a_job_writes_everybodys_chain_and_tells_them(
    act, stage, opens, read, runtime, clock, monkeypatch
):
    monkeypatch.setattr(revoking, "AT_ONCE", 1)
    act(stage.operator, pull_stop, "sessions", "凭证可能泄露。")
    clock.move(timedelta(seconds=1))
    act(SYSTEM, enter, "buyer", "again")
    runtime.worker.run_until_idle()
    ended = select(Audit.stream).where(Audit.body.contains('"access_ended"'))
    told = select(Message.person).where(Message.topic == "person.access_ended")
    people = {"buyer", "officer", "second"}
    assert sorted(read(Session.scalars, ended)) == sorted(f"person:{one}" for one in people)
    assert sorted(read(Session.scalars, told)) == sorted(people)
    open_ones = select(LoginSession.token_hash).where(LoginSession.revoked_at.is_(None))
    assert list(read(Session.scalars, open_ones)) == [hash_token("again")]
    assert read(find_session, hash_token("again"), read(runtime.database.now)) is not None


def test_another_operator_releases_and_only_once(act, stage):
    stop = act(stage.operator, pull_stop, "deals", "核查。")
    with pytest.raises(StoppedAlready):
        act(SECOND, pull_stop, "deals", "也要核查。")
    with pytest.raises(OwnStop):
        act(stage.operator, release_stop, stop, "好了。")
    act(SECOND, release_stop, stop, "好了。")
    with pytest.raises(StopMovedOn):
        act(SECOND, release_stop, stop, "好了。")
    act(stage.operator, pull_stop, "deals", "又有异常。")


def test_the_database_too_wants_another_operator(act, stage):
    stop = act(stage.operator, pull_stop, "deals", "核查。")

    def cheat(uow):
        at = uow.lock(Stop, stop)
        at.row.released_by, at.row.released_at = stage.operator.person, at.now
        at.record("cheated")

    with pytest.raises(IntegrityError):
        stage.executor.run(stage.operator, cheat)


@pytest.mark.parametrize("wrong", [("", "理由"), ("everything", "理由"), ("deals", " ")])
def test_a_stop_says_what_and_why(act, stage, wrong):
    with pytest.raises(Invalid):
        act(stage.operator, pull_stop, *wrong)
    with pytest.raises(NotFound):
        act(stage.officer, pull_stop, "deals", "理由")


def test_the_newest_choice_of_a_feature_holds(act, stage, read, clock):
    act(stage.operator, choose_feature, "imports", "off", "", "维护。")
    chosen = read(choices)["imports"]
    assert not is_on(chosen, stage.officer)
    assert is_on(chosen, stage.operator)
    clock.move(timedelta(seconds=1))
    act(stage.operator, choose_feature, "imports", "role", "tto_officer", "先试用。")
    chosen = read(choices)["imports"]
    assert is_on(chosen, stage.officer)
    assert not is_on(chosen, stage.scholar)
    assert is_on(None, ANONYMOUS)


@pytest.mark.parametrize(
    "wrong",
    [("time machine", "off", ""), ("imports", "dim", ""), ("imports", "role", "king"),
     ("oai", "role", "tto_officer")],
)  # fmt: skip
def test_only_what_exists_can_be_switched(act, stage, wrong):
    with pytest.raises(Invalid):
        act(stage.operator, choose_feature, *wrong, "理由")


def test_every_feature_has_pages_of_its_own(app):
    for code, feature in FEATURES.items():
        assert feature.blueprints <= set(app.blueprints), code
        assert {feature_of(one) for one in feature.blueprints} == {code}


def test_a_row_without_its_role_is_refused_by_the_database(stage):
    def cheat(uow):
        now = uow.now(uow.open())
        row = FeatureChoice(feature="oai", state="role", role="", reason="x", made_at=now)
        uow.create(row).record("cheated")

    with pytest.raises(IntegrityError):
        stage.executor.run(SYSTEM, cheat)


def said(now, **more) -> Said:
    base = {"title": "维护", "title_en": "Maintenance", "text": "周日停机。",
            "text_en": "Down on Sunday.", "audience": "firms",
            "starts_at": now + timedelta(hours=1), "ends_at": now + timedelta(days=1)}  # fmt: skip
    return Said(**(base | more))


def test_an_announcement_shows_in_its_time_to_its_readers(act, stage, read, runtime, clock):
    now = read(runtime.database.now)
    act(stage.operator, announce, said(now))
    assert read(standing, now) == []
    clock.set(now + timedelta(hours=2))
    later = read(runtime.database.now)
    assert [row.title for row in read(standing, later)] == ["维护"]
    assert [row.title for row in read(begun, stage.buyer, later)] == ["维护"]
    for other in (ANONYMOUS, stage.officer):
        assert read(begun, other, later) == []
    clock.set(now + timedelta(days=2))
    assert read(standing, read(runtime.database.now)) == []


def test_an_announcement_is_taken_back_once(act, stage, read, runtime):
    now = read(runtime.database.now)
    made = act(stage.operator, announce, said(now, starts_at=now - timedelta(hours=1)))
    act(SECOND, withdraw_announcement, made)
    assert read(begun, stage.buyer, now) == []
    with pytest.raises(AnnouncementGone):
        act(SECOND, withdraw_announcement, made)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"title_en": ""}, "title_en"), ({"text": " "}, "text"), ({"audience": "cats"}, "audience"),
     ({"starts_at": None}, "starts_at"), ({"ends_at": None}, "ends_at"),
     ({"title": "长" * 200}, "title")],
)  # fmt: skip
def test_what_an_announcement_must_say(act, stage, read, runtime, wrong, field):
    with pytest.raises(Invalid) as refused:
        act(stage.operator, announce, said(read(runtime.database.now), **wrong))
    assert set(refused.value.problems) == {field}


def test_every_stop_that_holds_has_its_sentence_above_every_page():
    assert set(STOPPED) == set(HOLDING)
