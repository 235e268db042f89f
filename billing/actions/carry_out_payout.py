"""Another person than who ordered it has made the transfer and writes down the bank's reference."""

from __future__ import annotations

from sqlalchemy import func, select

from billing import facts
from billing.actions.order_payout import payout_of
from billing.bookkeeping import book, hand
from billing.depositing import RETURN, move
from billing.errors import OtherPersonNeeded, PayoutMovedOn
from billing.models import Deposit, Obligation, Payout
from billing.paying_out import paid_out
from billing.permissions import Do, check_may
from billing.rules import text_problems
from billing.states import DepositAct, DepositState, PayoutKind, PayoutState
from core.errors import Invalid
from core.results import Done
from core.stops import What, refuse_stopped
from core.unit_of_work import At, UnitOfWork


def carry_out_payout(uow: UnitOfWork, obligation: str, payout: str, bank_reference: str) -> Done:
    """Raises Invalid, PayoutMovedOn, OtherPersonNeeded, PayoutsStopped."""
    uow.check(check_may, obligation, Do.PAY_OUT)
    uow.check(refuse_stopped, What.PAYOUTS)
    if problems := text_problems("bank_reference", bank_reference):
        raise Invalid(problems)
    at = uow.lock(Obligation, obligation)
    row = payout_of(at, payout)
    if row.state != PayoutState.ORDERED:
        raise PayoutMovedOn
    if row.ordered_by == uow.actor.person:
        raise OtherPersonNeeded
    row.state, row.paid_by, row.paid_at = PayoutState.PAID, uow.actor.person, at.now
    row.bank_reference = bank_reference.strip()
    book(at, paid_out(at.row, row, hand(at.row)))
    at.record("payout_paid", payout=payout, amount=row.amount)
    at.fact(facts.PAID_OUT)
    _end_return(at, row)
    return Done(obligation)


def _end_return(at: At[Obligation], row: Payout) -> None:
    """The last part of a deposit is back."""
    deposit = at.uow.session.get(Deposit, at.row.id)
    if deposit is None or row.kind != PayoutKind.RETURN:
        return
    at.uow.session.flush()
    left = select(func.count()).where(
        Payout.obligation == at.row.id,
        Payout.kind == PayoutKind.RETURN,
        Payout.state != PayoutState.PAID,
    )
    if at.uow.session.scalar(left):
        return
    at.timer(RETURN, None)
    if deposit.state == DepositState.RETURNING:
        move(at, deposit, DepositAct.GIVE_BACK)
        at.fact(facts.RETURNED)
