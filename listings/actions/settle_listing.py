"""Brings a listing up to date with the clock: it fades, then it expires. Called by the timer."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from listings import facts
from listings.beating import FADE, stop_beat
from listings.history import move
from listings.models import Listing
from listings.states import ListingAction, ListingState


def settle_listing(uow: UnitOfWork, listing: str) -> Done:
    """What is not due writes nothing, so it may be called any number of times."""
    at = uow.lock(Listing, listing)
    row = at.row
    if row.state != ListingState.PUBLISHED:
        stop_beat(at)
        return Done(listing)
    if row.faded_at is None and row.fades_at is not None and row.fades_at <= at.now:
        row.faded_at = at.now
        move(at, ListingAction.FADE)
        at.timer(FADE, None)
        at.fact(facts.LISTING_FADED)
    if row.expires_at is not None and row.expires_at <= at.now:
        move(at, ListingAction.EXPIRE)
        stop_beat(at)
        at.fact(facts.LISTING_EXPIRED)
    return Done(listing)
