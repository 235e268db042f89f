"""An obligation is called off: one that nothing has been paid on, or one whose matter has ended."""

from __future__ import annotations

from billing import facts
from billing.bookkeeping import book
from billing.errors import AlreadyPaid, ObligationMovedOn
from billing.ledger import Account, Event, Line, moved
from billing.models import Deposit, Obligation
from billing.paying_out import owe_back
from billing.raising import stop_clock
from billing.states import UNPAID, ObligationState
from core.ids import ref
from core.unit_of_work import At


def cancel(at: At[Obligation]) -> None:
    """The caller has permitted it. A deposit is released instead. Raises AlreadyPaid,
    ObligationMovedOn."""
    if at.row.paid:
        raise AlreadyPaid
    _end(at)


def call_off(at: At[Obligation]) -> None:
    """What it was for comes to nothing, so a part that has arrived goes back to where it came from.
    The caller has permitted it. Raises ObligationMovedOn."""
    _end(at)
    if at.row.paid:
        obligation = ref("obligation", at.row.id)
        debit = Line(Account.BUYER_FUNDS, obligation, at.row.paid)
        credit = Line(Account.REFUNDS_PAYABLE, obligation, at.row.paid)
        book(at, moved(Event.CALLED_OFF, at.row.id, at.row.currency, debit, [credit]))
        owe_back(at, at.row.paid)


def _end(at: At[Obligation]) -> None:
    if at.row.state not in UNPAID or at.uow.session.get(Deposit, at.row.id) is not None:
        raise ObligationMovedOn
    at.row.state, at.row.ended_at = ObligationState.CANCELLED, at.now
    stop_clock(at)
    at.record("cancel")
    at.fact(facts.CANCELLED)
