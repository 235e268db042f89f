"""Take a listing off the market, by its owner."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from listings import facts
from listings.beating import stop_beat
from listings.errors import ReasonNeeded
from listings.history import move
from listings.models import Listing
from listings.permissions import Do, check_may
from listings.reasons import WITHDRAW_REASONS
from listings.states import ListingAction


def withdraw_listing(uow: UnitOfWork, listing: str, reason: str, note: str = "") -> Done:
    """`reason` is a code of WITHDRAW_REASONS. Raises ReasonNeeded, WrongState."""
    uow.check(check_may, listing, Do.WITHDRAW)
    if reason not in WITHDRAW_REASONS:
        raise ReasonNeeded
    at = uow.lock(Listing, listing)
    move(at, ListingAction.WITHDRAW, reason=reason, note=note.strip())
    stop_beat(at)
    at.fact(facts.LISTING_WITHDRAWN)
    return Done(listing)
