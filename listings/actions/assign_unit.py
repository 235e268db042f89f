"""Say to which department or branch a result belongs."""

from __future__ import annotations

from accounts.units.queries import running
from core.errors import Invalid, Problem
from core.i18n import N_
from core.results import Done
from core.unit_of_work import UnitOfWork
from listings.models import Listing
from listings.permissions import Do, check_may


def assign_unit(uow: UnitOfWork, listing: str, unit: str) -> Done:
    """One of the owner's running units; empty: of none. Raises NotFound, Forbidden, Invalid."""
    uow.check(check_may, listing, Do.CHECK)
    at = uow.lock(Listing, listing)
    if unit and unit not in {row.id for row in running(uow.session, [at.row.owner_org])}:
        words = N_("Choose a unit of this organisation.")
        raise Invalid({"unit": [Problem("unit", words)]})
    at.row.unit = unit or None
    at.record("unit_assigned", unit=unit or None)
    return Done(listing)
