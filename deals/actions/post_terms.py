"""The owner's office publishes terms on a listing, in a mode in which nobody negotiates them."""

from __future__ import annotations

from core.errors import Invalid, Problem
from core.i18n import N_
from core.results import Done
from core.stops import What, refuse_stopped
from core.unit_of_work import UnitOfWork
from deals.modes import MODES
from deals.posting import Posted, check_posts
from deals.publishing import publish
from listings.models import Listing


def post_terms(uow: UnitOfWork, listing: str, posted: Posted) -> Done:
    """Terms never change once published: others are another posting. Raises Invalid,
    ListingNotOpen, WayTaken where the way cannot be had any more, DealsStopped."""
    uow.check(check_posts, listing)
    uow.check(refuse_stopped, What.DEALS)
    if posted.mode in MODES and (MODES[posted.mode].rounds or MODES[posted.mode].statement):
        raise Invalid({"mode": [Problem("mode_unknown", N_("Choose how the price is found."))]})
    return Done(publish(uow, uow.lock(Listing, listing), posted).row.id)
