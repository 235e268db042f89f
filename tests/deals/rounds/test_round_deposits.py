"""Deposits of a round: asked, needed for a quote and an award, given back by its end."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import select

from billing.actions.claim_payment import claim_payment
from billing.actions.confirm_payment import confirm_payment
from billing.actions.decide_forfeit import decide_forfeit
from billing.actions.propose_forfeit import propose_forfeit
from billing.models import Deposit, Payout
from billing.rules import Claim
from billing.verifying import verify
from core.errors import Invalid
from deals.actions.walk_away import walk_away
from deals.modes.open_listing import OPEN_LISTING
from deals.rounds.actions.leave_round import leave_round
from deals.rounds.actions.withdraw_round import withdraw_round
from deals.rounds.errors import DepositMissing, RoundBegun
from tests.billing.conftest import PROOF
from tests.deals.rounds.conftest import FLOOR
from tests.racing import ROUNDS, race

ASKED = FLOOR // 10


def owed(scene, organisation: str = "firm") -> str:
    """The obligation of the party's deposit in the round."""
    payer, about = f"organisation:{organisation}", f"round:{scene.round}"
    (row,) = scene.rows(Deposit, Deposit.payer == payer, Deposit.about == about)
    return row.obligation


def pay(scene, actor, organisation: str) -> None:
    """Claimed by the party, seen by two of the owner's office: the parties pay directly."""
    obligation = owed(scene, organisation)
    told = Claim(ASKED, date(2026, 11, 23), "澄岚", "某银行", "6222 1111")
    payment = scene.run(actor, claim_payment, obligation, told, PROOF).ref
    for one in (scene.stage.officer, scene.stage.second):
        scene.run(one, confirm_payment, obligation, payment, ASKED)


def states(scene) -> dict[str, str]:
    rows = scene.rows(Deposit, Deposit.about == f"round:{scene.round}")
    return {row.payer.partition(":")[2]: row.state for row in rows}


def test_held_before_the_quote_and_given_back_with_the_award(scene):
    scene.announce(deposit=ASKED)
    firm, rival = scene.parties()
    scene.keys()
    with pytest.raises(DepositMissing):
        scene.quote(scene.stage.buyer, firm, FLOOR)
    for actor, organisation in ((scene.stage.buyer, "firm"), (scene.stage.stranger, "rival")):
        pay(scene, actor, organisation)
    assert states(scene) == {"firm": "held", "rival": "held"}
    scene.pass_deadline()
    scene.quote(scene.stage.buyer, firm, FLOOR + 1)
    scene.quote(scene.stage.stranger, rival, FLOOR + 2)
    scene.pass_deadline()
    scene.give("office")
    scene.give("second")
    assert scene.deal().buyer_org == "rival"
    assert states(scene) == {"firm": "returning", "rival": "held"}


def test_who_does_not_pay_does_not_count(scene):
    scene.announce(deposit=ASKED)
    scene.parties()
    pay(scene, scene.stage.stranger, "rival")
    scene.pass_deadline()
    assert scene.row().state == "deciding"  # the days for late papers and money
    scene.pass_deadline()
    assert scene.deal().buyer_org == "rival"
    assert states(scene) == {"firm": "cancelled", "rival": "held"}


def test_a_failed_round_gives_every_deposit_back(scene):
    scene.announce(deposit=ASKED)
    scene.parties()
    pay(scene, scene.stage.buyer, "firm")
    pay(scene, scene.stage.stranger, "rival")
    scene.pass_deadline()
    scene.pass_deadline()
    assert (scene.row().state, scene.row().reason) == ("failed", "no_keys")
    assert states(scene) == {"firm": "returning", "rival": "returning"}


def test_who_leaves_has_it_back_and_the_owner_cannot_leave(scene):
    scene.announce(deposit=ASKED)
    (firm,) = scene.parties(rivals=0)
    pay(scene, scene.stage.buyer, "firm")
    with pytest.raises(RoundBegun):
        scene.run(scene.stage.officer, withdraw_round, scene.round)
    scene.run(scene.stage.buyer, leave_round, firm)
    assert states(scene) == {"firm": "returning"}


def award(scene) -> str:
    """The firm wins alone, with its deposit held; its deal."""
    scene.announce(deposit=ASKED)
    scene.parties(rivals=0)
    pay(scene, scene.stage.buyer, "firm")
    scene.pass_deadline()
    assert states(scene) == {"firm": "held"}
    return scene.row().deal


def propose(scene, organisation: str = "firm") -> str:
    deposit = owed(scene, organisation)
    scene.run(scene.stage.officer, propose_forfeit, deposit, "成交后拒绝签约。", "公告第七条")
    return deposit


def drop(scene, deposit: str) -> None:
    scene.run(scene.stage.operator, decide_forfeit, deposit, "双方和解。", forfeit=False)


def owed_back(scene) -> list[tuple[str, int]]:
    with scene.stage.executor.database.read() as session:
        assert verify(session).faults == []
        return [(row.kind, row.amount) for row in session.scalars(select(Payout))]


@pytest.mark.parametrize("side", ["buyer", "officer"])
def test_the_winner_has_it_back_when_either_side_ends_the_deal(scene, side):
    deal = award(scene)
    scene.run(getattr(scene.stage, side), walk_away, deal, "price")
    assert states(scene) == {"firm": "returning"}
    assert owed_back(scene) == [("return", ASKED)]


def test_every_end_without_a_contract_frees_it():
    ends = {state.code for state in OPEN_LISTING.states if state.final} - {"registered"}
    without = [t for t in OPEN_LISTING.transitions if t.target in ends]
    assert {t.act for t in without} == {"walk_away", "answer_objection"}
    assert [t for t in without if "free_deposit" not in t.effects] == []


def test_a_forfeiture_dropped_after_the_deal_gives_it_back(scene, drain):
    deal = award(scene)
    deposit = propose(scene)
    scene.run(scene.stage.buyer, walk_away, deal, "price")
    assert states(scene) == {"firm": "forfeit_proposed"}
    drop(scene, deposit)
    drain()
    assert states(scene) == {"firm": "returning"}
    assert owed_back(scene) == [("return", ASKED)]


def test_a_forfeiture_dropped_while_the_deal_runs_leaves_it_held(scene, drain):
    deal = award(scene)
    drop(scene, propose(scene))
    drain()
    assert states(scene) == {"firm": "held"}
    scene.run(scene.stage.officer, walk_away, deal, "price")
    assert owed_back(scene) == [("return", ASKED)]


def test_of_a_loser_and_of_who_left_a_dropped_forfeiture_gives_it_back(scene, drain):
    scene.announce(deposit=ASKED)
    firm, _ = scene.parties()
    pay(scene, scene.stage.buyer, "firm")
    pay(scene, scene.stage.stranger, "rival")
    left, lost = propose(scene, "firm"), propose(scene, "rival")
    scene.run(scene.stage.buyer, leave_round, firm)
    assert states(scene) == {"firm": "forfeit_proposed", "rival": "forfeit_proposed"}
    drop(scene, left)
    drain()
    assert states(scene) == {"firm": "returning", "rival": "forfeit_proposed"}
    scene.pass_deadline()
    scene.pass_deadline()
    assert (scene.row().state, scene.row().reason) == ("failed", "nobody")
    drop(scene, lost)
    drain()
    assert states(scene) == {"firm": "returning", "rival": "returning"}
    assert owed_back(scene) == [("return", ASKED)] * 2


def test_the_end_of_a_deal_and_a_dropped_forfeiture_at_once(scene, drain):
    """Whichever comes first, the deposit goes back once."""
    run, stage = scene.run, scene.stage
    for number in range(1, max(1, ROUNDS // 10) + 1):
        scene.clock.move(timedelta(minutes=1))
        deal = award(scene)
        deposit = propose(scene)
        ends = race(
            partial(run, stage.buyer, walk_away, deal, "price"),
            partial(run, stage.operator, decide_forfeit, deposit, "双方和解。", forfeit=False),
        )
        assert ends == ["done", "done"]
        drain()
        assert owed_back(scene) == [("return", ASKED)] * number


@pytest.mark.parametrize("wrong", [-1, FLOOR])
def test_a_deposit_has_a_cap(scene, wrong):
    with pytest.raises(Invalid) as refused:
        scene.announce(deposit=wrong)
    assert set(refused.value.problems) == {"deposit"}
