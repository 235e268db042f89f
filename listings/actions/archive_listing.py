"""Put a listing away for good; its history stays."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from listings import facts
from listings.beating import stop_beat
from listings.history import move
from listings.models import Listing
from listings.permissions import Do, check_may
from listings.states import ListingAction


def archive_listing(uow: UnitOfWork, listing: str) -> Done:
    """Raises WrongState: what is published or in review is withdrawn first."""
    uow.check(check_may, listing, Do.ARCHIVE)
    at = uow.lock(Listing, listing)
    move(at, ListingAction.ARCHIVE)
    stop_beat(at)
    at.fact(facts.LISTING_ARCHIVED)
    return Done(listing)
