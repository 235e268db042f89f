"""A receipt was confirmed by mistake, or the bank took the money back: its mirror is booked."""

from __future__ import annotations

from sqlalchemy import select

from billing import facts
from billing.bookkeeping import book, entry_of
from billing.depositing import move
from billing.errors import PaidOut, PaymentMovedOn
from billing.ledger import Event, reversal
from billing.models import Deposit, Obligation, Payment, Payout
from billing.permissions import Do, check_may
from billing.raising import DUE
from billing.rules import text_problems
from billing.states import CUSTODY, DepositAct, ObligationState, PaymentState, PayoutState
from core.errors import Invalid, NotFound
from core.results import Done
from core.unit_of_work import At, UnitOfWork


def reverse_payment(uow: UnitOfWork, obligation: str, payment: str, reason: str) -> Done:
    """One operator asks for it, another one does it. Raises Invalid, PaymentMovedOn, PaidOut,
    DepositMovedOn."""
    uow.check(check_may, obligation, Do.REVERSE)
    if problems := text_problems("reason", reason):
        raise Invalid(problems)
    at = uow.lock(Obligation, obligation)
    row = uow.session.get(Payment, payment)
    if row is None or row.obligation != obligation:
        raise NotFound
    if row.state != PaymentState.CONFIRMED:
        raise PaymentMovedOn
    _refuse_moved(at, row)
    if row.reversed_by in {None, uow.actor.person}:
        row.reversed_by, row.reason = uow.actor.person, reason.strip()
        at.record("reversal_asked", payment=payment)
        return Done(obligation)
    _undo(at, row)
    at.fact(facts.REVERSED)
    return Done(obligation)


def _refuse_moved(at: At[Obligation], row: Payment) -> None:
    """Nothing that has left, or is somebody else's by now, can be taken back."""
    deposit = at.uow.session.get(Deposit, at.row.id)
    settled = at.row.state == ObligationState.PAID and at.row.receiving in CUSTODY
    called_off = at.row.state == ObligationState.CANCELLED and row.taken
    if deposit is None and (settled or called_off):
        raise PaidOut
    if any(payout.state != PayoutState.DUE for payout in _payouts(at, row)):
        raise PaidOut


def _undo(at: At[Obligation], row: Payment) -> None:
    session, owed = at.uow.session, at.row
    booked, original = entry_of(session, Event.RECEIVED, row.id)
    deposit = session.get(Deposit, owed.id)
    if deposit is not None and row.taken:
        move(at, deposit, DepositAct.REVERSE)
    for payout in _payouts(at, row):
        at.remove(payout)
    book(at, reversal(Event.RECEIPT_REVERSED, row.id, original), reverses=booked)
    row.state = PaymentState.REVERSED
    owed.paid -= row.taken
    if owed.state != ObligationState.CANCELLED:
        owed.state = ObligationState.PART_PAID if owed.paid else ObligationState.OPEN
        owed.ended_at = None
        if owed.overdue_at is None:
            at.timer(DUE, owed.due_at)
    at.record("payment_reversed", payment=row.id, taken=row.taken)


def _payouts(at: At[Obligation], row: Payment) -> list[Payout]:
    found = select(Payout).where(Payout.obligation == at.row.id, Payout.payment == row.id)
    return list(at.uow.session.scalars(found))
