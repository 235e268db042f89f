"""Forget a saved search and what it found."""

from __future__ import annotations

from sqlalchemy import select

from core.results import Done
from core.unit_of_work import UnitOfWork
from matching.models import SavedSearch, SavedSearchMatch
from matching.permissions import check_own


def remove_search(uow: UnitOfWork, saved_search: str) -> Done:
    """Raises NotFound."""
    uow.check(check_own, saved_search)
    at = uow.lock(SavedSearch, saved_search)
    found = select(SavedSearchMatch).where(SavedSearchMatch.saved_search == saved_search)
    for match in uow.session.scalars(found):
        at.remove(match)
    at.record("removed")
    at.remove(at.row)
    return Done()
