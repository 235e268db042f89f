"""The institution decides first: nobody signs before its last step, and rules of today move no
deal of yesterday."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from contracts.actions.request_seal import request_seal
from contracts.errors import ContractMovedOn
from contracts.models import SealRequest
from core.actor import SYSTEM
from core.errors import Forbidden, Invalid, NotFound
from core.models import Approval
from deals.actions.accept_offer import accept_offer
from deals.actions.answer_objection import answer_objection
from deals.actions.object_to_notice import object_to_notice
from deals.actions.walk_away import walk_away
from deals.deciding.actions.ask_step_again import ask_step_again
from deals.deciding.actions.end_step import end_step
from deals.deciding.actions.set_step import set_step
from deals.deciding.models import DecisionStep
from deals.deciding.queries import decision_page, may_know, waiting_for
from deals.errors import (
    DecidesForTheOther,
    StepDecided,
    StepNotRefused,
    StepNotYet,
    StepsOpen,
    StepWasRefused,
    WrongDealState,
)
from deals.models import DealStep
from deals.queries import deal_page
from tests.deals.conftest import FIRM, LAB, person
from tests.deals.deciding.conftest import (
    AGREED,
    MEETING,
    MINUTES,
    REFUSED,
    SIGNED,
    gate,
    plant_leaving,
)


def test_steps_are_drawn_up_when_the_price_is_agreed(house):
    house.sets(MEETING, gate(), gate(3, name="不问", ways=("assignment",)))
    deal = house.agreed()
    assert [(s.n, s.position, s.name, s.state) for s in house.steps(deal)] == [
        (1, 1, "分管副校长", "waiting"), (2, 2, "校长办公会", "waiting"),
    ]  # fmt: skip
    first, second = house.steps(deal)
    assert first.asked_at is not None
    assert second.asked_at is None


def test_no_step_no_decision(house):
    assert house.steps(house.agreed()) == []


def test_later_rules_do_not_move_a_deal(house):
    (rule,) = house.sets(gate())
    deal = house.agreed()
    assert house.run(house.stage.officer, end_step, rule) == "institute"
    assert house.run(house.stage.officer, end_step, rule) == "institute"
    house.sets(MEETING)
    assert [step.name for step in house.steps(deal)] == ["分管副校长"]
    assert [step.name for step in house.steps(house.agreed())] == ["校长办公会"]


def test_only_its_administrators_set_steps(house):
    for actor, refusal in ((house.stage.scholar, Forbidden), (house.stage.buyer, Forbidden)):
        with pytest.raises(refusal):
            house.run(actor, set_step, "institute", gate())
    with pytest.raises(Invalid) as refused:
        house.run(house.stage.officer, set_step, "institute", gate(person="buyer"))
    assert list(refused.value.problems) == ["person"]
    with pytest.raises(NotFound):
        house.run(house.stage.officer, end_step, "nothing")
    (rule,) = house.sets(gate())
    with pytest.raises(Forbidden):
        house.run(house.stage.buyer, end_step, rule)


def test_each_decides_what_is_theirs_in_its_order(house):
    house.sets(gate(), MEETING)
    deal, stage = house.agreed(), house.stage
    first, meeting = house.steps(deal)
    with pytest.raises(StepNotYet):
        house.decides(stage.officer, meeting, MINUTES)
    with pytest.raises(Forbidden):
        house.decides(stage.officer, first)
    for actor in (stage.buyer, stage.stranger):
        with pytest.raises(NotFound):
            house.decides(actor, first)
    assert house.decides(stage.scholar, first) == deal
    with pytest.raises(StepDecided):
        house.decides(stage.scholar, first)
    with pytest.raises(Invalid):
        house.decides(stage.officer, meeting, AGREED)
    assert house.decides(stage.officer, meeting, MINUTES) == deal
    assert [step.state for step in house.steps(deal)] == ["passed", "passed"]
    with stage.executor.database.read() as session:
        approvals = session.scalars(select(Approval)).all()
        taken = session.scalars(
            select(DealStep).where(DealStep.act == "decide").order_by(DealStep.n)
        ).all()
    assert [(one.person, one.step) for one in approvals] == [("scholar", "decision:1.1.1")]
    assert [one.by for one in taken] == ["scholar", "officer"]
    assert [rule["rule"] for rule in taken[0].rules] == ["institution.decides"]
    assert taken[1].evidence["paper"] == "c" * 64


def test_consents_are_one_for_each_maker_and_owner(house, makers):
    house.sets(gate(kind="contributors", name="完成人", person=None),
               gate(2, kind="co_owners", name="共有人", person=None))  # fmt: skip
    deal, stage = house.agreed(), house.stage
    mine, other, owner = house.steps(deal)
    assert [mine.name, other.name, owner.name] == ["陶知遥", "沈若川", "共有单位"]
    house.decides(stage.scholar, mine)
    with pytest.raises(NotFound):
        house.decides(person("second", LAB), other)
    with pytest.raises(Invalid):
        house.decides(stage.officer, other)
    house.decides(stage.officer, other, SIGNED)
    house.decides(stage.officer, owner, SIGNED)
    assert [step.state for step in house.steps(deal)] == ["passed"] * 3


def test_somebody_of_the_buyer_decides_nothing_for_the_institution(house):
    house.sets(gate())
    deal = house.agreed()
    with pytest.raises(DecidesForTheOther):
        house.decides(person("scholar", LAB, FIRM), house.steps(deal)[0])


def test_a_refusal_stops_and_is_put_again(house, desk):
    house.sets(gate())
    deal, stage = house.agreed(), house.stage
    step = house.steps(deal)[0]
    with pytest.raises(StepNotRefused):
        house.run(stage.officer, ask_step_again, step.id)
    house.decides(stage.scholar, step, REFUSED)
    with pytest.raises(Forbidden):
        house.run(stage.scholar, ask_step_again, step.id)
    with pytest.raises(NotFound):
        house.run(stage.buyer, ask_step_again, step.id)
    house.run(stage.officer, ask_step_again, step.id)
    with pytest.raises(StepNotRefused):
        house.run(stage.officer, ask_step_again, step.id)
    again = house.steps(deal)[0]
    assert (again.turn, again.state) == (2, "waiting")
    house.decides(stage.scholar, again)
    assert [one.state for one in house.every(deal)] == ["refused", "passed"]


def test_nobody_signs_before_the_last_step(house, desk):
    house.sets(gate(), MEETING)
    contract, stage = desk.ready(way="ordinary"), house.stage
    deal = desk.contract(contract).deal
    first, meeting = house.steps(deal)
    for actor in (stage.officer, stage.buyer):
        with pytest.raises(StepsOpen):
            desk.hand_in(contract, actor)
    with pytest.raises(StepsOpen):
        desk.run(stage.officer, request_seal, contract, "contract", 4)
    house.decides(stage.scholar, first, REFUSED)
    with pytest.raises(StepWasRefused):
        desk.hand_in(contract, stage.officer)
    house.run(stage.officer, ask_step_again, first.id)
    house.decides(stage.scholar, house.steps(deal)[0])
    with pytest.raises(StepsOpen):
        desk.hand_in(contract, stage.officer)
    house.decides(stage.officer, meeting, MINUTES)
    assert desk.run(stage.officer, request_seal, contract, "contract", 4) == "1"
    assert desk.hand_in(contract, stage.officer)


def test_a_seal_is_asked_by_the_owner_for_a_frozen_text(desk):
    contract, stage = desk.open(way="ordinary"), desk.stage
    ask = partial(desk.run, stage.officer, request_seal, contract)
    with pytest.raises(ContractMovedOn):
        ask("contract", 4)
    contract = desk.ready(way="ordinary")
    ask = partial(desk.run, stage.officer, request_seal, contract)
    for seal, copies in (("wax", 4), ("contract", 0), ("contract", 51)):
        with pytest.raises(Invalid):
            ask(seal, copies)
    with pytest.raises(Forbidden):
        desk.run(stage.buyer, request_seal, contract, "contract", 4)
    assert [ask("contract", 4), ask("official", 1)] == ["1", "2"]
    with stage.executor.database.read() as session:
        rows = session.scalars(select(SealRequest).order_by(SealRequest.n)).all()
    assert {row.digest for row in rows} == {desk.contract(contract).digest}


def test_another_price_is_another_decision(house, clock):
    house.sets(gate())
    deal, stage = house.agreed(), house.stage
    house.decides(stage.scholar, house.steps(deal)[0])
    notice = stage.notice(deal)
    run = stage.executor.run
    objection = run(stage.stranger, object_to_notice, notice.id, "某人", "a@b.example",
                    "价格远低于同类许可，理由在此。", "x").ref  # fmt: skip
    run(stage.officer, answer_objection, objection, "upheld", "重新议价。")
    assert stage.deal(deal).state == "talking"
    with pytest.raises(WrongDealState):
        house.decides(stage.scholar, _step(stage, deal))
    version = stage.offer(deal, stage.officer, way="ordinary", valid_until=None)
    run(stage.buyer, accept_offer, deal, version)
    assert [(step.version, step.state) for step in house.steps(deal)] == [(2, "waiting")]


def _step(stage, deal):
    with stage.executor.database.read() as session:
        return session.scalars(select(DecisionStep).where(DecisionStep.deal == deal)).one()


def test_an_ended_deal_is_decided_by_nobody(house):
    house.sets(gate())
    deal, stage = house.agreed(), house.stage
    house.run(stage.buyer, walk_away, deal, "price")
    with pytest.raises(WrongDealState):
        house.decides(stage.scholar, house.steps(deal)[0])
    with stage.executor.database.read() as session:
        assert waiting_for(session, stage.scholar, "zh") == []


def test_who_leaves_decides_no_more(house):
    house.sets(gate())
    deal, stage = house.agreed(), house.stage
    stage.executor.run(SYSTEM, plant_leaving, "scholar")
    with pytest.raises(NotFound):
        house.decides(person("scholar"), house.steps(deal)[0])
    with stage.executor.database.read() as session:
        assert not may_know(session, person("scholar"), deal)


def test_each_reads_what_concerns_them(house, makers):
    house.sets(gate(), gate(2, kind="contributors", name="完成人", person=None))
    deal, stage = house.agreed(), house.stage
    with stage.executor.database.read() as session:
        whole = decision_page(session, stage.officer, deal, "zh")
        own = decision_page(session, stage.scholar, deal, "zh")
        room = deal_page(session, stage.buyer, deal, stage.deal(deal).moved_at)
        assert decision_page(session, stage.buyer, deal, "zh") is None
        assert decision_page(session, stage.stranger, deal, "zh") is None
        assert may_know(session, stage.scholar, deal)
        assert not may_know(session, stage.stranger, deal)
        waits = waiting_for(session, stage.scholar, "zh")
    assert [line.row.name for line in whole.steps] == ["分管副校长", "陶知遥", "沈若川"]
    assert [line.mine for line in own.steps] == [True, False, False]
    assert [one.row.n for one in waits] == [1]
    assert (room.steps_passed, len(room.decision)) == (0, 3)
    assert [ask.act for ask in room.asks if ask.act == "decide"] == []


def test_days_are_counted_from_the_turn(house, clock):
    house.sets(gate(days=3), gate(2, kind="meeting", name="会", person=None, days=5))
    deal, stage = house.agreed(), house.stage
    first, second = house.steps(deal)
    assert first.due_on is not None
    assert second.due_on is None
    clock.move(timedelta(days=20))
    house.decides(stage.scholar, first)
    second = house.steps(deal)[1]
    assert second.due_on > first.due_on + timedelta(days=15)


def test_a_step_for_patents_alone_is_not_asked_of_a_result(house):
    house.sets(gate(assets=("patent",)), gate(2, name="成果处", assets=("result",)))
    assert [step.name for step in house.steps(house.agreed())] == ["成果处"]
