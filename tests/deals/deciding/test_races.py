"""Two at once over one step: one outcome each, on every database. `QIAOYI_RACES`: the rounds."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from deals.actions.walk_away import walk_away
from deals.deciding.actions.ask_step_again import ask_step_again
from deals.deciding.models import DecisionStep
from tests.contracts.test_races import concluded
from tests.deals.deciding.conftest import AGREED, MINUTES, REFUSED, gate
from tests.deals.test_races import count
from tests.racing import ROUNDS, race

FEW = max(1, ROUNDS // 5)
BY_MEETING = {"kind": "meeting", "name": "会", "person": None}
REFUSED_BY_MEETING = replace(MINUTES, outcome="refused", note="价格过低")


def test_two_decide_one_step(house):
    house.sets(gate(**BY_MEETING))
    stage = house.stage
    for _ in range(ROUNDS):
        step = house.steps(house.agreed())[0]
        ends = race(
            partial(house.decides, stage.officer, step, MINUTES),
            partial(house.decides, stage.second, step, REFUSED_BY_MEETING),
        )
        assert sorted(ends) == ["done", "step_decided"]
        state = house.steps(step.deal)[0].state
        assert state == ("passed" if ends[0] == "done" else "refused")


def test_a_step_is_put_again_once(house):
    house.sets(gate())
    stage = house.stage
    for _ in range(FEW):
        step = house.steps(house.agreed())[0]
        house.decides(stage.scholar, step, REFUSED)
        ends = race(
            partial(house.run, stage.officer, ask_step_again, step.id),
            partial(house.run, stage.second, ask_step_again, step.id),
        )
        assert sorted(ends) == ["done", "step_not_refused"]
        assert count(stage, DecisionStep, DecisionStep.deal == step.deal) == 2


def test_a_decision_against_the_end_of_the_deal(house):
    house.sets(gate())
    stage = house.stage
    for _ in range(FEW):
        deal = house.agreed()
        step = house.steps(deal)[0]
        ends = race(
            partial(house.decides, stage.scholar, step, AGREED),
            partial(house.run, stage.buyer, walk_away, deal, "price"),
        )
        assert ends[1] == "done"
        assert ends[0] in {"done", "wrong_state_of_deal"}
        assert house.steps(deal)[0].state == ("passed" if ends[0] == "done" else "waiting")


def test_the_last_step_against_the_signature(house, desk):
    """The copy is taken only where the step passed before it."""
    house.sets(gate())
    stage = house.stage
    for _ in range(max(1, ROUNDS // 20)):
        contract = desk.ready(way="ordinary")
        step = house.steps(desk.contract(contract).deal)[0]
        ends = race(
            partial(house.decides, stage.scholar, step, AGREED),
            partial(desk.hand_in, contract, stage.officer),
        )
        assert ends[0] == "done"
        assert ends[1] in {"done", "steps_open"}
        assert len(desk.copies(contract)) == (ends[1] == "done")
        assert not concluded(desk, contract)
