"""Accepts the version that was read; the other side's, the current one, once."""

from __future__ import annotations

from core.results import Done
from core.stops import What, refuse_stopped
from core.unit_of_work import UnitOfWork
from deals.models import Deal, Offer
from deals.offers import Terms
from deals.permissions import Do, acting_side, check_deal
from deals.progress import check_could, move
from deals.weighing import keep, weighed


def accept_offer(uow: UnitOfWork, deal: str, version: int, price_reason: str = "") -> Done:
    """Claims the way on every asset; a state institute's price then goes on public notice.

    Nothing binds before a contract is signed. `price_reason`: of the owner's side, why the price
    lies far below the valuation on file; what the owner offered was asked about then. Raises
    Invalid, OfferSuperseded, OwnOffer, OfferLapsed, WayTaken, WrongDealState, DealsStopped.
    """
    uow.check(check_deal, deal, Do.ACT)
    uow.check(refuse_stopped, What.DEALS)
    at = uow.lock(Deal, deal)
    side = acting_side(uow.actor, at.row)
    check_could(uow, at, "accept", side, {"version": version})
    offer = uow.session.get_one(Offer, (deal, version))
    standing = weighed(uow, at, side, Terms.load(offer.terms), price_reason)
    move(uow, at, "accept", side, {"version": version})
    keep(at, version, standing)
    return Done(deal)
