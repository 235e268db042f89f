"""Nothing is owed any more: the deal ended, or it was raised by mistake."""

from __future__ import annotations

from billing.cancelling import cancel
from billing.models import Obligation
from billing.permissions import Do, check_may
from core.results import Done
from core.unit_of_work import UnitOfWork


def cancel_obligation(uow: UnitOfWork, obligation: str) -> Done:
    """Money that arrives afterwards is booked and owed back. A deposit is released instead.
    Raises AlreadyPaid, ObligationMovedOn."""
    uow.check(check_may, obligation, Do.CANCEL)
    cancel(uow.lock(Obligation, obligation))
    return Done(obligation)
