"""What several operations need: addresses of pages, and a part of a list with its cursor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from core import links
from webapp.api.paging import instant, moment, pack, unpack
from webapp.language import page_language
from webapp.presenters.showing import market

R = TypeVar("R")


def page_of(kind: str, id: str) -> str:
    """The address of the thing's page, in the caller's language."""
    ours = market()
    return links.url(ours.base_url, f"{kind}:{id}", page_language(), ours.language) or ""


def address_of(path: str) -> str:
    """The address of a page of ours that no thing names, in the caller's language."""
    ours = market()
    prefix = "" if page_language() == ours.language else f"/{page_language()}"
    return ours.base_url.rstrip("/") + prefix + path


def place_of(name: str, cursor: str | None) -> tuple[datetime, str] | None:
    """Where a dated list goes on. Raises BadCursor."""
    if cursor is None:
        return None
    at, id = unpack(name, cursor, str, str)
    return instant(at), id


def part(
    name: str, rows: Sequence[R], limit: int, place: Callable[[R], tuple[datetime, str]]
) -> tuple[Sequence[R], str | None]:
    """Of `limit` + 1 rows those to show, and the cursor of the rest."""
    if len(rows) <= limit:
        return rows, None
    at, id = place(rows[limit - 1])
    return rows[:limit], pack(name, moment(at), id)
