"""The licence fee: asked for with the notice, before any contract, since the licence needs it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from billing.queries import is_on_its_way, obligations_about
from billing.states import ObligationState
from deals.models import Deal


@dataclass(frozen=True)
class Fee:
    """How it stands; `on_its_way`: the payer says so, and nobody has confirmed or refused it;
    `ends_at` None where nothing is to be paid."""

    is_open: bool = False
    on_its_way: bool = False
    ends_at: datetime | None = None


def fee_of(session: Session, deal: Deal) -> Fee:
    """For guards, under the deal's lock. A fee that was called off is not a fee paid."""
    asked = obligations_about(session, deal.stream)
    unpaid = [one for one in asked if one.state != ObligationState.PAID]
    if not unpaid:
        return Fee()
    coming = any(is_on_its_way(session, one.id) for one in unpaid)
    return Fee(True, coming, max(one.due_at for one in unpaid))


def fee_was_asked(session: Session, deal: Deal) -> bool:
    """Whether the price was asked for with the deal itself, so that its contract asks for nothing;
    a receipt that was reversed since leaves it open there."""
    asked = obligations_about(session, deal.stream)
    return any(one.state != ObligationState.CANCELLED for one in asked)
