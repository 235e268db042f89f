"""Whoever comes first on equal terms is told with a day; until then nobody else signs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from accounts.models import Membership, Organisation
from core.actor import SYSTEM, Actor, Seat
from core.errors import Due, Forbidden, Invalid, NotFound
from core.facts import Fact
from core.results import Done
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from deals.actions.settle_deal import settle_deal
from deals.actions.walk_away import walk_away
from deals.engine.declaration import Side
from deals.errors import (
    ClaimOver,
    ClaimsOpen,
    ClaimTold,
    NobodyComesFirst,
    Preempted,
    WrongDealState,
)
from deals.models import Deal
from deals.preemption.actions.name_holder import name_holder
from deals.preemption.queries import held_claims, holds, preemption_page
from deals.preemption.rules import Paper
from deals.progress import check_could
from notifications.audiences import audience
from tests.deals.conftest import pass_notice
from tests.deals.preemption.conftest import SALE, paper, plant_co_owner


def could_sign(uow: UnitOfWork, deal: str) -> Done:
    check_could(uow, uow.lock(Deal, deal), "conclude", Side.SELLER)
    return Done(deal)


def signs(firsts, deal: str) -> str:
    return firsts.house.run(SYSTEM, could_sign, deal)


def confirmed(firsts, clock, drain) -> str:
    deal = firsts.sold()
    pass_notice(firsts.stage, deal, clock, drain)
    assert firsts.stage.deal(deal).state == "confirmed"
    return deal


def today(firsts, clock) -> date:
    return legal_date(clock.now, firsts.stage.executor.ports.zone)


def test_makers_and_owners_come_first_at_an_assignment_alone(firsts):
    assert firsts.claims(firsts.house.agreed(way="ordinary")) == []
    assert [(one.name, one.state) for one in firsts.claims(firsts.sold())] == [
        ("陶知遥", "served"), ("沈若川", "asked"), ("共有单位", "asked"),
    ]  # fmt: skip


def test_the_market_tells_whoever_has_an_account(firsts):
    mine, other, _owner = firsts.claims(firsts.sold())
    assert mine.served_by is None
    assert mine.ends_on == mine.served_on + timedelta(days=15)
    assert other.ends_at is None
    stage = firsts.stage
    with stage.executor.database.read() as session:
        now = stage.executor.database.now(session)
        assert [one.row.id for one in held_claims(session, stage.scholar, now, "zh")] == [mine.id]
        assert holds(session, stage.scholar, mine.deal)
        assert not holds(session, stage.stranger, mine.deal)
        own = preemption_page(session, stage.scholar, mine.deal, now, "zh")
        assert preemption_page(session, stage.buyer, mine.deal, now, "zh") is None
    assert own.claims[0].acts == {"exercise", "waive"}


def test_nobody_signs_before_each_has_answered(firsts, clock, drain):
    deal = confirmed(firsts, clock, drain)
    mine, other, owner = firsts.claims(deal)
    assert mine.state == "lapsed"  # its fifteen days ran with the notice
    with pytest.raises(ClaimsOpen):
        signs(firsts, deal)
    firsts.serve(other, today(firsts, clock))
    with pytest.raises(ClaimsOpen):
        signs(firsts, deal)
    firsts.waive(firsts.stage.officer, owner, paper(today(firsts, clock)))
    clock.set(firsts.claims(deal)[1].ends_at - timedelta(microseconds=1))
    with pytest.raises(ClaimsOpen):
        signs(firsts, deal)
    clock.move(timedelta(microseconds=1))
    assert signs(firsts, deal) == deal
    assert [one.state for one in firsts.claims(deal)] == ["lapsed", "lapsed", "waived"]


def test_whoever_takes_the_terms_keeps_others_from_signing(firsts, clock, drain):
    deal = firsts.sold()
    mine, other, owner = firsts.claims(deal)
    for claim in (other, owner):
        firsts.waive(firsts.stage.officer, claim, paper(today(firsts, clock)))
    firsts.first(firsts.stage.scholar, mine)
    pass_notice(firsts.stage, deal, clock, drain)
    clock.move(timedelta(days=30))
    drain()
    with pytest.raises(Preempted):
        signs(firsts, deal)
    firsts.waive(firsts.stage.scholar, mine)
    assert signs(firsts, deal) == deal


def test_each_answers_for_themselves_once_and_in_time(firsts, clock):
    deal, stage = firsts.sold(), firsts.stage
    mine, other, owner = firsts.claims(deal)
    for actor in (stage.buyer, stage.stranger):
        with pytest.raises(NotFound):
            firsts.first(actor, mine)
    with pytest.raises(Invalid):  # the office has no say without the holder's paper
        firsts.first(stage.officer, mine)
    with pytest.raises(Forbidden):
        firsts.first(stage.scholar, other, paper(today(firsts, clock)))
    with pytest.raises(Forbidden):
        firsts.waive(stage.scholar, other)
    with pytest.raises(ClaimTold):
        firsts.serve(mine, today(firsts, clock))
    with pytest.raises(Forbidden):
        firsts.serve(mine, today(firsts, clock), stage.scholar)
    firsts.waive(stage.scholar, mine)
    for again in (firsts.waive, firsts.first):
        with pytest.raises(ClaimOver):
            again(stage.scholar, mine)
    wrong = (Paper(), paper(date(2030, 1, 1)), paper(date(2026, 1, 1)))
    for shown, field in zip(wrong, ({"paper", "day"}, {"day"}, {"day"}), strict=True):
        with pytest.raises(Invalid) as refused:
            firsts.waive(stage.officer, owner, shown)
        assert set(refused.value.problems) == field


def test_the_office_puts_on_file_that_a_holder_without_account_takes_the_terms(
    firsts, clock, drain
):
    """Nobody is signed over their head, however long it takes."""
    deal = confirmed(firsts, clock, drain)
    _mine, other, owner = firsts.claims(deal)
    day = today(firsts, clock)
    firsts.serve(other, day)
    firsts.waive(firsts.stage.officer, owner, paper(day))
    firsts.first(firsts.stage.officer, other, paper(day, "f"))
    clock.move(timedelta(days=60))
    drain()
    with pytest.raises(Preempted):
        signs(firsts, deal)
    kept = firsts.claims(deal)[1]
    assert (kept.state, kept.answer, kept.answered_by) == ("exercised", "f" * 64, "officer")
    firsts.waive(firsts.stage.officer, other, paper(day))
    assert signs(firsts, deal) == deal


def test_an_acceptance_on_paper_is_too_late_after_the_last_day(firsts, clock):
    deal = firsts.sold()
    other = firsts.claims(deal)[1]
    day = today(firsts, clock)
    firsts.serve(other, day)
    clock.set(firsts.claims(deal)[1].ends_at)
    with pytest.raises((ClaimOver, Due)):
        firsts.first(firsts.stage.officer, other, paper(day))
    assert firsts.claims(deal)[1].state == "lapsed"


def test_a_co_owner_of_this_market_is_told_and_answers_by_its_office(firsts):
    stage = firsts.stage
    stage.executor.run(SYSTEM, plant_co_owner)
    deal = firsts.sold()
    rival = firsts.claims(deal)[-1]
    assert (rival.organisation, rival.name, rival.state) == ("rival", "rival甲", "served")
    assert (rival.served_by, rival.party, rival.n) == (None, None, 4)
    member = Actor("person", "someone", (Seat("rival", "firm", frozenset({"firm_member"})),))
    with stage.executor.database.read() as session:
        now = stage.executor.database.now(session)
        fact = Fact("deal.preemption_asked", f"deal:{deal}")
        told = audience(session, fact, now).people
        assert [one.row.id for one in held_claims(session, stage.stranger, now, "zh")] == [rival.id]
        assert held_claims(session, member, now, "zh") == []
        own = preemption_page(session, stage.stranger, deal, now, "zh")
        assert preemption_page(session, member, deal, now, "zh") is None
    assert [(one.row.id, one.acts) for one in own.claims] == [(rival.id, {"exercise", "waive"})]
    assert set(told) == {"scholar", "stranger", "officer", "second"}
    with pytest.raises(NotFound):
        firsts.first(member, rival)
    firsts.first(stage.stranger, rival)
    assert firsts.claims(deal)[-1].answered_by == "stranger"
    firsts.waive(stage.stranger, rival)
    assert firsts.claims(deal)[-1].state == "waived"


def test_an_organisation_without_anybody_to_answer_is_told_by_the_office(firsts, clock):
    stage = firsts.stage
    stage.executor.run(SYSTEM, plant_co_owner)
    stage.executor.run(SYSTEM, dismiss, "rival")
    rival = firsts.claims(firsts.sold())[-1]
    assert (rival.organisation, rival.state) == ("rival", "asked")
    firsts.serve(rival, today(firsts, clock))
    firsts.first(stage.officer, rival, paper(today(firsts, clock)))
    assert firsts.claims(rival.deal)[-1].state == "exercised"


def dismiss(uow: UnitOfWork, house: str) -> Done:
    at = uow.lock(Organisation, house)
    for seat in uow.session.scalars(select(Membership).where(Membership.organisation == house)):
        seat.ends_at = at.now
    at.record("planted")
    return Done()


def test_too_late_is_too_late(firsts, clock):
    deal, stage = firsts.sold(), firsts.stage
    mine = firsts.claims(deal)[0]
    clock.set(mine.ends_at)
    with pytest.raises((ClaimOver, Due)):
        firsts.first(stage.scholar, mine)
    assert firsts.claims(deal)[0].state == "lapsed"
    before = stage.deal(deal).version
    stage.executor.run(SYSTEM, settle_deal, deal)
    assert stage.deal(deal).version == before


def test_the_office_names_who_commissioned_it(firsts):
    stage, run = firsts.stage, firsts.house.run
    licence = firsts.house.agreed(way="ordinary")
    with pytest.raises(NotFound):
        run(stage.buyer, name_holder, licence, "委托方")
    with pytest.raises(NobodyComesFirst):
        run(stage.officer, name_holder, licence, "委托方")
    deal = firsts.sold()
    for wrong in (" ", "长" * 121):
        with pytest.raises(Invalid):
            run(stage.officer, name_holder, deal, wrong)
    with pytest.raises(NotFound):
        run(stage.buyer, name_holder, deal, "委托方")
    run(stage.officer, name_holder, deal, "委托方")
    named = firsts.claims(deal)[-1]
    assert (named.kind, named.state, named.n) == ("commissioner", "asked", 4)


def test_other_terms_are_offered_first_again(firsts):
    stage = firsts.stage
    deal = firsts.sold()
    firsts.house.run(stage.buyer, walk_away, deal, "price")
    with pytest.raises(WrongDealState):
        firsts.waive(stage.scholar, firsts.claims(deal)[0])
    assert [one.state for one in firsts.claims(firsts.house.agreed(**SALE))] == [
        "served", "asked", "asked",
    ]  # fmt: skip
