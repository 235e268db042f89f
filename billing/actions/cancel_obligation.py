"""Nothing is owed any more: the deal ended, or it was raised by mistake."""

from __future__ import annotations

from billing import facts
from billing.errors import AlreadyPaid, ObligationMovedOn
from billing.models import Deposit, Obligation
from billing.permissions import Do, check_may
from billing.raising import stop_clock
from billing.states import UNPAID, ObligationState
from core.results import Done
from core.unit_of_work import UnitOfWork


def cancel_obligation(uow: UnitOfWork, obligation: str) -> Done:
    """Money that arrives afterwards is booked and owed back. A deposit is released instead.
    Raises AlreadyPaid, ObligationMovedOn."""
    uow.check(check_may, obligation, Do.CANCEL)
    at = uow.lock(Obligation, obligation)
    if at.row.paid:
        raise AlreadyPaid
    if at.row.state not in UNPAID or uow.session.get(Deposit, obligation) is not None:
        raise ObligationMovedOn
    at.row.state, at.row.ended_at = ObligationState.CANCELLED, at.now
    stop_clock(at)
    at.record("cancel")
    at.fact(facts.CANCELLED)
    return Done(obligation)
