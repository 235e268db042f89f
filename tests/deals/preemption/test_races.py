"""Two at once over one claim, and at its deadline: one outcome each, on every database."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from sqlalchemy import select

from core.actor import SYSTEM
from deals.actions.settle_deal import settle_deal
from deals.actions.walk_away import walk_away
from deals.models import DealStep
from tests.deals.test_races import count
from tests.racing import ROUNDS, race

FEW = max(1, ROUNDS // 2)


def test_taking_the_terms_at_the_deadline(firsts, clock):
    """Either it was in time and stands, or it came too late and the time has passed."""
    stage = firsts.stage
    for number in range(FEW):
        deal = firsts.sold()
        mine = firsts.claims(deal)[0]
        clock.set(mine.ends_at - timedelta(microseconds=number % 2))
        ends = race(
            partial(firsts.first, stage.scholar, mine),
            partial(stage.executor.settle, f"deal:{deal}"),
        )
        state = firsts.claims(deal)[0].state
        assert ends[0] in {"done", "claim_over"}
        assert state == ("exercised" if ends[0] == "done" else "lapsed")
        if number % 2 == 0:
            assert state == "lapsed"
        steps = DealStep.deal == deal, DealStep.act == "exercise"
        assert count(stage, DealStep, *steps) == (ends[0] == "done")
        _give_way(firsts, deal)


def test_taking_and_waiving_at_once(firsts):
    stage = firsts.stage
    for _ in range(FEW):
        deal = firsts.sold()
        mine = firsts.claims(deal)[0]
        ends = race(
            partial(firsts.first, stage.scholar, mine),
            partial(firsts.waive, stage.scholar, mine),
        )
        assert ends[1] == "done"
        assert ends[0] in {"done", "claim_over"}
        assert firsts.claims(deal)[0].state == "waived"
        _give_way(firsts, deal)


def test_two_settle_one_deadline(firsts, clock):
    stage = firsts.stage
    for _ in range(max(1, FEW // 2)):
        deal = firsts.sold()
        clock.set(firsts.claims(deal)[0].ends_at)
        settle = partial(stage.executor.settle, f"deal:{deal}")
        assert race(settle, settle) == ["done", "done"]
        settled = select(DealStep).where(DealStep.deal == deal, DealStep.act == "settle")
        with stage.executor.database.read() as session:
            rules = [{rule["rule"] for rule in one.rules} for one in session.scalars(settled)]
        assert sum("preemption.days" in one for one in rules) == 1
        assert sum("notice.own_place.proof" in one for one in rules) <= 1, "reminded once"
        stage.executor.run(SYSTEM, settle_deal, deal)
        again = DealStep.deal == deal, DealStep.act == "settle"
        assert count(stage, DealStep, *again) == len(rules)
        _give_way(firsts, deal)


def _give_way(firsts, deal: str) -> None:
    """The next round sells the same result."""
    firsts.house.run(firsts.stage.buyer, walk_away, deal, "price")
