"""Takes back one's own offer while it is on the table."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.models import Deal
from deals.permissions import Do, acting_side, check_deal
from deals.progress import move


def withdraw_offer(uow: UnitOfWork, deal: str, version: int) -> Done:
    """Raises OfferSuperseded, NotOwnOffer, WrongDealState."""
    uow.check(check_deal, deal, Do.ACT)
    at = uow.lock(Deal, deal)
    move(uow, at, "withdraw_offer", acting_side(uow.actor, at.row), {"version": version})
    return Done(deal)
