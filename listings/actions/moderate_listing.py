"""Take a published listing down, by the market's operator."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from listings import facts
from listings.beating import stop_beat
from listings.errors import ReasonNeeded
from listings.history import move
from listings.models import Listing
from listings.permissions import Do, check_may
from listings.reasons import MODERATION_REASONS
from listings.states import ListingAction


def moderate_listing(uow: UnitOfWork, listing: str, reason: str, note: str = "") -> Done:
    """`reason` is a code of MODERATION_REASONS; the owner reads `note`. Raises ReasonNeeded."""
    uow.check(check_may, listing, Do.MODERATE)
    if reason not in MODERATION_REASONS:
        raise ReasonNeeded
    at = uow.lock(Listing, listing)
    move(at, ListingAction.MODERATE, reason=reason, note=note.strip())
    at.row.returned_code = reason
    stop_beat(at)
    at.fact(facts.LISTING_WITHDRAWN)
    at.fact(facts.LISTING_MODERATED)
    return Done(listing)
