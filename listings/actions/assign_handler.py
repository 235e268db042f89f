"""Say which officer works on a listing."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from listings.models import Listing
from listings.permissions import Do, check_may


def assign_handler(uow: UnitOfWork, listing: str, person: str | None) -> Done:
    """None takes the assignment back."""
    uow.check(check_may, listing, Do.CHECK)
    at = uow.lock(Listing, listing)
    at.row.handler = person
    at.record("assigned", person=person)
    return Done(listing)
