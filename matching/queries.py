"""A person's saved searches and what they found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.actor import Actor
from core.errors import NotFound
from matching.models import SavedSearch, SavedSearchMatch
from matching.permissions import check_own


@dataclass(frozen=True)
class SearchRow:
    """`found` counts what was published since it was saved; `latest` is when the last came."""

    id: str
    name: str
    address: str
    paused: bool
    made_at: datetime
    found: int
    latest: datetime | None


@dataclass(frozen=True)
class Match:
    ref: str
    found_at: datetime


def saved_searches(session: Session, actor: Actor) -> list[SearchRow]:
    """Newest first, in one statement."""
    row, match = SavedSearch, SavedSearchMatch
    asked = (
        select(row, func.count(match.ref), func.max(match.found_at))
        .outerjoin(match, match.saved_search == row.id)
        .where(row.person == actor.person)
        .group_by(row.id)
        .order_by(row.made_at.desc(), row.id)
    )
    return [_row(*found) for found in session.execute(asked)]


def saved_search(
    session: Session, actor: Actor, id: str, most: int = 200
) -> tuple[SearchRow, Sequence[Match]]:
    """One of the actor's, with the newest of what it found. Raises NotFound."""
    check_own(session, actor, id)
    one = next((row for row in saved_searches(session, actor) if row.id == id), None)
    if one is None:
        raise NotFound(ref=f"saved_search:{id}")
    newest = (
        select(SavedSearchMatch.ref, SavedSearchMatch.found_at)
        .where(SavedSearchMatch.saved_search == id)
        .order_by(SavedSearchMatch.found_at.desc(), SavedSearchMatch.ref)
        .limit(most)
    )
    return one, [Match(ref, at) for ref, at in session.execute(newest)]


def _row(row: SavedSearch, found: int, latest: datetime | None) -> SearchRow:
    return SearchRow(row.id, row.name, row.address, row.paused, row.made_at, found, latest)
