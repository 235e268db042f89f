"""Deposits of a round: asked, needed for a quote and an award, given back by its end."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from billing.actions.claim_payment import claim_payment
from billing.actions.confirm_payment import confirm_payment
from billing.models import Deposit
from billing.rules import Claim
from core.errors import Invalid
from deals.rounds.actions.leave_round import leave_round
from deals.rounds.actions.withdraw_round import withdraw_round
from deals.rounds.errors import DepositMissing, RoundBegun
from tests.billing.conftest import PROOF
from tests.deals.rounds.conftest import FLOOR

ASKED = FLOOR // 10


def owed(scene, organisation: str = "firm") -> str:
    """The obligation of the party's deposit."""
    with scene.stage.executor.database.read() as session:
        mine = select(Deposit.obligation).where(Deposit.payer == f"organisation:{organisation}")
        return session.scalars(mine.order_by(Deposit.obligation)).one()


def pay(scene, actor, organisation: str) -> None:
    """Claimed by the party, seen by two of the owner's office: the parties pay directly."""
    obligation = owed(scene, organisation)
    told = Claim(ASKED, date(2026, 11, 23), "澄岚", "某银行", "6222 1111")
    payment = scene.run(actor, claim_payment, obligation, told, PROOF).ref
    for one in (scene.stage.officer, scene.stage.second):
        scene.run(one, confirm_payment, obligation, payment, ASKED)


def states(scene) -> dict[str, str]:
    return {row.payer.partition(":")[2]: row.state for row in scene.rows(Deposit)}


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


@pytest.mark.parametrize("wrong", [-1, FLOOR])
def test_a_deposit_has_a_cap(scene, wrong):
    with pytest.raises(Invalid) as refused:
        scene.announce(deposit=wrong)
    assert set(refused.value.problems) == {"deposit"}
