"""The payer says that a transfer was made, and shows the proof."""

from __future__ import annotations

from dataclasses import dataclass

from billing import facts
from billing.depositing import is_wanted, move
from billing.errors import ObligationMovedOn
from billing.gateways.bank_transfer import GATEWAYS, BankTransfer
from billing.models import Deposit, Obligation, Payment
from billing.permissions import Do, check_may
from billing.rules import Claim
from billing.states import UNPAID, DepositAct
from core.errors import Invalid
from core.results import Done
from core.times import legal_date
from core.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Proof:
    """A file that is in the store already."""

    sha256: str
    name: str
    media_type: str


def claim_payment(uow: UnitOfWork, obligation: str, claim: Claim, proof: Proof) -> Done:
    """Answers the payment's id. Raises Invalid, ObligationMovedOn."""
    uow.check(check_may, obligation, Do.PAY)
    at = uow.lock(Obligation, obligation)
    gateway = GATEWAYS[BankTransfer.code]
    if problems := gateway.problems(claim, legal_date(at.now, uow.ports.zone)):
        raise Invalid(problems)
    deposit = uow.session.get(Deposit, obligation)
    if at.row.state not in UNPAID or not is_wanted(at, deposit):
        raise ObligationMovedOn
    row = Payment(
        obligation=obligation,
        gateway=gateway.code,
        amount=claim.amount,
        paid_on=claim.paid_on,
        from_account=claim.from_account,
        sha256=proof.sha256,
        file_name=proof.name,
        media_type=proof.media_type,
        claimed_by=uow.actor.person,
        claimed_at=at.now,
    )
    at.add(row)
    uow.session.flush()
    if deposit is not None:
        move(at, deposit, DepositAct.CLAIM)
    at.record("payment_claimed", payment=row.id, amount=claim.amount, sha256=proof.sha256)
    at.fact(facts.CLAIMED)
    return Done(row.id)
