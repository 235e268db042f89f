"""Send a listing back to its author, with a reason."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from listings import facts
from listings.errors import ReasonNeeded
from listings.history import move
from listings.models import Listing
from listings.permissions import Do, check_may
from listings.reasons import RETURN_REASONS
from listings.states import ListingAction


def return_listing(uow: UnitOfWork, listing: str, reason: str, note: str = "") -> Done:
    """`reason` is a code of RETURN_REASONS, `note` prose for the author. Raises ReasonNeeded."""
    uow.check(check_may, listing, Do.RETURN)
    if reason not in RETURN_REASONS:
        raise ReasonNeeded
    at = uow.lock(Listing, listing)
    move(at, ListingAction.RETURN, reason=reason, note=note.strip())
    at.row.returned_code = reason
    at.row.approved_by = at.row.approved_at = None
    at.fact(facts.LISTING_RETURNED)
    return Done(listing)
