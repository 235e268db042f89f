"""An obligation that nothing has been paid on is called off."""

from __future__ import annotations

from billing import facts
from billing.errors import AlreadyPaid, ObligationMovedOn
from billing.models import Deposit, Obligation
from billing.raising import stop_clock
from billing.states import UNPAID, ObligationState
from core.unit_of_work import At


def cancel(at: At[Obligation]) -> None:
    """The caller has permitted it. A deposit is released instead. Raises AlreadyPaid,
    ObligationMovedOn."""
    if at.row.paid:
        raise AlreadyPaid
    if at.row.state not in UNPAID or at.uow.session.get(Deposit, at.row.id) is not None:
        raise ObligationMovedOn
    at.row.state, at.row.ended_at = ObligationState.CANCELLED, at.now
    stop_clock(at)
    at.record("cancel")
    at.fact(facts.CANCELLED)
