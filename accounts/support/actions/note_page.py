"""Writes down a page of a support view before it is shown, and what was tried and refused."""

from __future__ import annotations

from accounts.support.models import SupportGrant
from core.errors import NotFound
from core.results import Done
from core.unit_of_work import UnitOfWork

LONGEST = 120


def note_page(
    uow: UnitOfWork, grant: str, method: str, path: str, *, refused: bool = False
) -> Done:
    """`path`: without what was asked behind it; `refused`: it was tried and is not shown. Raises
    NotFound where the view is over."""
    at = uow.lock(SupportGrant, grant)
    row = at.row
    over = row.ended_at is not None or row.until is None or row.until <= at.now
    if over or row.operator != uow.actor.person:
        raise NotFound
    what = "page_refused" if refused else "page_seen"
    at.record(what, method=method, path=path.replace(" ", "+")[:LONGEST])
    return Done(grant)
