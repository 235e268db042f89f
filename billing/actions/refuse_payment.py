"""The money that a payer claims to have sent is not on the statement."""

from __future__ import annotations

from sqlalchemy import func, select

from billing import facts
from billing.actions.confirm_payment import claimed
from billing.depositing import move
from billing.models import Deposit, Obligation, Payment
from billing.permissions import Do, check_may
from billing.rules import text_problems
from billing.states import DepositAct, DepositState, PaymentState
from core.errors import Invalid
from core.results import Done
from core.unit_of_work import UnitOfWork


def refuse_payment(uow: UnitOfWork, obligation: str, payment: str, reason: str) -> Done:
    """The payer reads the reason and can claim again. Raises Invalid, PaymentMovedOn."""
    uow.check(check_may, obligation, Do.CONFIRM)
    if problems := text_problems("reason", reason):
        raise Invalid(problems)
    at = uow.lock(Obligation, obligation)
    row = claimed(at, payment)
    row.state, row.reason = PaymentState.REFUSED, reason.strip()
    row.refused_by = uow.actor.person
    uow.session.flush()
    deposit = uow.session.get(Deposit, obligation)
    still = select(func.count()).where(
        Payment.obligation == obligation, Payment.state == PaymentState.CLAIMED
    )
    waits = bool(uow.session.scalar(still)) or at.row.paid
    if deposit is not None and deposit.state == DepositState.PENDING and not waits:
        move(at, deposit, DepositAct.REFUSE)
    at.record("payment_refused", payment=payment)
    at.fact(facts.REFUSED)
    return Done(obligation)
