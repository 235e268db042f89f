"""Saved searches: their owner's business, and nobody else's."""

from __future__ import annotations

from datetime import datetime

from core.ids import show
from matching.queries import SearchRow
from webapp.api.schemas.common import Out


class SavedSearchLineOut(Out):
    """`url` is the page with what was found, `search` the search itself; `found` counts what was
    published since."""

    id: str
    url: str
    name: str
    search: str
    paused: bool
    made_at: datetime
    found: int
    latest: datetime | None


class SavedSearchesOut(Out):
    items: list[SavedSearchLineOut]


class SavedMatchOut(Out):
    item: str
    url: str
    title: str
    found_at: datetime


class SavedSearchOut(SavedSearchLineOut):
    """The newest of what it found that may still be read."""

    matches: list[SavedMatchOut]


def line_of(row: SearchRow, url: str, search: str) -> SavedSearchLineOut:
    same = "name paused made_at found latest"
    return SavedSearchLineOut(
        id=show("saved_search", row.id),
        url=url,
        search=search,
        **{name: getattr(row, name) for name in same.split()},
    )
