"""The heartbeat: the owner says that the listing still holds."""

from __future__ import annotations

from core.errors import Forbidden
from core.results import Done
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from listings import facts
from listings.beating import start_beat
from listings.history import move
from listings.models import Listing
from listings.permissions import OFFICERS, Do, check_may
from listings.states import ListingAction, ListingState


def confirm_listing(uow: UnitOfWork, listing: str) -> Done:
    """An expired listing comes back too, but then an officer must say so. Raises WrongState."""
    uow.check(check_may, listing, Do.CONFIRM)
    at = uow.lock(Listing, listing)
    gone = at.row.state == ListingState.EXPIRED
    if gone and not uow.actor.roles_in(at.row.owner_org) & OFFICERS:
        raise Forbidden(do=str(Do.CONFIRM))
    profile = uow.law(at.row.jurisdiction, legal_date(at.now, uow.ports.zone))
    beat = start_beat(at, profile)
    move(at, ListingAction.CONFIRM, profile=profile.pin, rules=beat.rules)
    at.fact(facts.LISTING_PUBLISHED if gone else facts.LISTING_CONFIRMED)
    return Done(listing)
