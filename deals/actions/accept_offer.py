"""Accepts the version that was read; the other side's, the current one, once."""

from __future__ import annotations

from core.results import Done
from core.stops import What, refuse_stopped
from core.unit_of_work import UnitOfWork
from deals.models import Deal
from deals.permissions import Do, acting_side, check_deal
from deals.progress import move


def accept_offer(uow: UnitOfWork, deal: str, version: int) -> Done:
    """Claims the way on every asset; a state institute's price then goes on public notice.

    Nothing binds before a contract is signed. Raises OfferSuperseded, OwnOffer, OfferLapsed,
    WayTaken, WrongDealState, DealsStopped.
    """
    uow.check(check_deal, deal, Do.ACT)
    uow.check(refuse_stopped, What.DEALS)
    at = uow.lock(Deal, deal)
    move(uow, at, "accept", acting_side(uow.actor, at.row), {"version": version})
    return Done(deal)
