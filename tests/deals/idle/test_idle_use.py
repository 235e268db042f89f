"""A maker acts on an unused result: declared, answered, silent, ended; on every database."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from core.actor import SYSTEM
from core.errors import Forbidden, Invalid, NotFound
from core.models import Audit
from core.results import Done
from deals.actions.answer_inquiry import answer_inquiry
from deals.actions.make_offer import make_offer
from deals.actions.open_deal import open_deal
from deals.idle.actions.answer_use import answer_use
from deals.idle.actions.end_use import end_use
from deals.idle.actions.settle_use import settle_use
from deals.idle.errors import UnitActs, UseDayUnknown, UseDeclared, UseMovedOn, UsePeriodRuns
from deals.idle.queries import made_by, use_page
from deals.idle.rules import Standing
from deals.models import Inquiry
from deals.queries.inquiries import inbox
from listings.models import Asset, PatentFacts, Right
from notifications.models import Message
from tests.deals.conftest import terms


def page(unused, actor, clock):
    executor = unused.stage.executor
    with executor.database.read() as session:
        zone = executor.ports.zone
        return use_page(session, actor, "asset", clock.now, executor.law, zone)


def change(unused, **facts) -> None:
    def act(uow) -> Done:
        at = uow.lock(Asset, "asset")
        for row in uow.session.scalars(select(PatentFacts)).all():
            for name, value in facts.items():
                setattr(row, name, value)
        at.record("planted")
        return Done()

    unused.stage.executor.run(SYSTEM, act)


def grant(uow) -> Done:
    at = uow.lock(Asset, "asset")
    at.add(Right(asset="asset", kind="grant", way="ordinary", starts=date(2026, 1, 1)))
    at.record("planted")
    return Done()


def told(unused, topic: str) -> set[str]:
    with unused.stage.executor.database.read() as session:
        return set(session.scalars(select(Message.person).where(Message.topic == topic)))


def test_declared_with_rule_and_profile(unused, clock, drain):
    unused.declare()
    (use,) = unused.uses()
    assert (use.state, use.basis, use.ended_on) == ("declared", "grant", date(2025, 3, 3))
    assert use.profile.startswith("cn-zhejiang@")
    assert [rule["rule"] for rule in use.rules] == [
        "idle.inventor_may_act_months",
        "idle.answer_days",
    ]
    assert use.answer_until > clock.now + timedelta(days=29)
    drain()
    assert told(unused, "asset.use_declared") == {"scholar", "officer", "second"}
    with pytest.raises(UseDeclared):
        unused.declare(unused.stage.second)


def test_not_before_the_period_is_over(unused):
    change(unused, granted_on=date(2026, 10, 1))
    with pytest.raises(UsePeriodRuns):
        unused.declare()
    change(unused, granted_on=None)
    with pytest.raises(UseDayUnknown):
        unused.declare()
    assert unused.uses() == []


def test_not_while_the_unit_acts(unused):
    deal = unused.stage.open()
    with pytest.raises(UnitActs):
        unused.declare()
    assert unused.stage.deal(deal).state == "talking"


def test_not_once_a_right_was_granted(unused):
    unused.stage.executor.run(SYSTEM, grant)
    with pytest.raises(UnitActs):
        unused.declare()


def test_only_makers_declare_and_only_the_office_answers(unused):
    stage = unused.stage
    for stranger in (stage.buyer, stage.stranger):
        with pytest.raises(NotFound):
            unused.declare(stranger)
    with pytest.raises(Forbidden):
        unused.declare(stage.officer)
    use = unused.declare(stage.second)
    for wrong in (stage.scholar, stage.second):
        with pytest.raises(Forbidden):
            unused.run(wrong, answer_use, use, agrees=True)
    with pytest.raises(Forbidden):
        unused.run(stage.scholar, end_use, use)


def test_an_agreed_maker_answers_and_opens_talks(unused, clock, drain):
    stage, maker = unused.stage, unused.stage.second
    asked = stage.ask(stage.buyer)
    scholar = stage.scholar
    with pytest.raises(Forbidden):
        unused.run(scholar, open_deal, asked)
    unused.agreed()
    drain()
    assert told(unused, "asset.use_agreed") == {"scholar", "second"}
    unused.run(scholar, answer_inquiry, asked, "请看附件。")
    deal = unused.run(scholar, open_deal, asked)
    assert stage.deal(deal).seller_person == "scholar"
    with pytest.raises(Forbidden):
        unused.run(scholar, make_offer, deal, terms(), None)
    assert stage.offer(deal, maker) == 1


def test_silence_lets_the_maker_act(unused, clock, drain):
    stage = unused.stage
    unused.declare()
    (use,) = unused.uses()
    clock.set(use.answer_until - timedelta(microseconds=1))
    stage.executor.run(SYSTEM, settle_use, "asset")
    assert unused.state() == "declared"
    clock.set(use.answer_until)
    stage.executor.settle("asset:asset")
    stage.executor.run(SYSTEM, settle_use, "asset")
    assert unused.state() == "silent"
    assert unused.uses()[0].answered_by is None
    drain()
    assert "officer" in told(unused, "asset.use_silent")
    asked = stage.ask(stage.buyer)
    assert unused.run(stage.scholar, open_deal, asked)
    with pytest.raises(UseMovedOn):
        unused.run(stage.officer, answer_use, use.id, agrees=False, reason="own_use")


def test_an_answer_after_its_time_finds_silence(unused, clock):
    use = unused.declare()
    clock.set(unused.uses()[0].answer_until)
    with pytest.raises(UseMovedOn):
        unused.run(unused.stage.officer, answer_use, use, agrees=False, reason="own_use")
    assert unused.state() == "silent"


def test_refused_with_a_reason_and_declared_anew(unused):
    use, officer = unused.declare(), unused.stage.officer
    with pytest.raises(Invalid):
        unused.run(officer, answer_use, use, agrees=False)
    unused.run(officer, answer_use, use, agrees=False, reason="own_use")
    assert (unused.state(), unused.uses()[0].reason) == ("refused", "own_use")
    again = unused.declare()
    assert (unused.state(use), unused.state(again)) == ("refused", "declared")


def test_the_right_ends_when_the_unit_acts(unused):
    stage = unused.stage
    asked = stage.ask(stage.buyer)
    use = unused.agreed()
    unused.run(stage.officer, end_use, use, "own_use")
    with pytest.raises(Forbidden):
        unused.run(stage.scholar, open_deal, asked)
    with pytest.raises(UseMovedOn):
        unused.run(stage.officer, end_use, use, "own_use")


def test_the_right_ends_with_a_grant(unused):
    stage = unused.stage
    asked = stage.ask(stage.buyer)
    unused.agreed()
    stage.executor.run(SYSTEM, grant)
    with pytest.raises(Forbidden):
        unused.run(stage.scholar, open_deal, asked)


def test_a_maker_gives_it_up(unused):
    unused.run(unused.stage.scholar, end_use, unused.agreed())
    assert (unused.state(), unused.uses()[0].reason) == ("ended", "withdrawn")


def test_a_maker_does_not_answer_an_inquiry_of_their_own(unused):
    stage = unused.stage
    asked = stage.ask(stage.scholar)
    unused.agreed()
    with pytest.raises(Forbidden):
        unused.run(stage.scholar, open_deal, asked)


def test_a_maker_finds_the_inquiries_that_they_may_answer(unused, clock):
    """The contact of the listing is somebody else here."""
    stage = unused.stage
    asked = stage.ask(stage.buyer)
    hand_inquiry(stage, asked)
    with stage.executor.database.read() as session:
        assert inbox(session, stage.scholar, clock.now) == []
    unused.agreed()
    with stage.executor.database.read() as session:
        (line,) = inbox(session, stage.scholar, clock.now)
    assert (line.row.id, line.mine) == (asked, False)


def hand_inquiry(stage, asked: str) -> None:
    def act(uow) -> Done:
        at = uow.lock(Inquiry, asked)
        at.row.contact_person = None
        at.record("planted")
        return Done()

    stage.executor.run(SYSTEM, act)


def test_the_page_shows_the_period_and_what_each_may_do(unused, clock):
    stage = unused.stage
    seen = page(unused, stage.scholar, clock)
    assert seen.line.idle.standing is Standing.OVER
    assert (seen.may_declare, seen.may_answer, seen.may_end) == (True, False, False)
    unused.declare()
    seen = page(unused, stage.scholar, clock)
    assert (seen.may_declare, seen.may_answer, seen.may_end) == (False, False, True)
    seen = page(unused, stage.officer, clock)
    assert (seen.may_declare, seen.may_answer, seen.may_end) == (False, True, True)
    assert page(unused, stage.buyer, clock) is None
    executor = stage.executor
    with executor.database.read() as session:
        lines = made_by(session, stage.scholar, clock.now, executor.law, executor.ports.zone)
    assert [(line.title, line.use.state) for line in lines] == [("散热膜", "declared")]


def test_a_registered_result_is_counted_from_its_certificate(unused, clock):
    def register(uow) -> Done:
        at = uow.lock(Asset, "asset")
        at.row.registration = "333020260001"
        for row in uow.session.scalars(select(PatentFacts)).all():
            at.remove(row)
        at.record("planted")
        return Done()

    unused.stage.executor.run(SYSTEM, register)
    seen = page(unused, unused.stage.scholar, clock)
    assert (seen.asks_day, seen.may_declare) == (True, True)
    with pytest.raises(UseDayUnknown):
        unused.declare()
    with pytest.raises(UsePeriodRuns):
        unused.declare(registered_on=date(2026, 10, 1))
    with pytest.raises(Invalid):
        unused.declare(registered_on=date(2027, 1, 1))
    unused.declare(registered_on=date(2025, 1, 15))
    (use,) = unused.uses()
    assert (use.basis, use.counted_from) == ("registration", date(2025, 1, 15))


def test_every_step_is_in_the_audit_chain(unused):
    use = unused.agreed()
    unused.run(unused.stage.officer, end_use, use, "in_talks")
    with unused.stage.executor.database.read() as session:
        kept = session.scalars(select(Audit).where(Audit.stream == "asset:asset")).all()
    acts = [json.loads(entry.body)["what"] for entry in sorted(kept, key=lambda one: one.n)]
    assert acts[-3:] == ["use_declared", "use_agree", "use_end"]
