"""Turn a withdrawn or expired listing into a draft again; it is reviewed anew."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from listings.history import move
from listings.measures import refuse_held
from listings.models import Listing, TitleFinding
from listings.permissions import Do, check_may
from listings.states import ListingAction


def reopen_listing(uow: UnitOfWork, listing: str) -> Done:
    """The title check begins again: what was true a year ago may not be true now. Raises
    MeasureStands."""
    uow.check(check_may, listing, Do.REOPEN)
    at = uow.lock(Listing, listing)
    refuse_held(at.row)
    move(at, ListingAction.REOPEN)
    at.row.approved_by = at.row.approved_at = None
    at.row.faded_at = at.row.fades_at = at.row.expires_at = None
    for item in uow.session.query(TitleFinding).filter_by(listing=listing):
        at.remove(item)
    return Done(listing)
