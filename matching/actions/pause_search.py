"""Stop being told of a saved search for a while, or go on."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from matching.models import SavedSearch
from matching.permissions import check_own


def pause_search(uow: UnitOfWork, saved_search: str, *, paused: bool) -> Done:
    """Raises NotFound."""
    uow.check(check_own, saved_search)
    at = uow.lock(SavedSearch, saved_search)
    if at.row.paused != paused:
        at.row.paused = paused
        at.record("paused" if paused else "resumed")
    return Done(at.row.stream)
