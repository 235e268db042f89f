"""The change feed as people and as machines read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.ids import ref, show
from core.links import path, url
from core.times import to_text
from syndication.changes import Changed, Changes
from webapp.presenters.showing import market


@dataclass(frozen=True)
class ChangeLine:
    """`title` is None where it is no longer public."""

    seq: int
    shown: str
    kind: str
    at: datetime
    title: str | None
    url: str | None


def change_line(change: Changed, language: str) -> ChangeLine:
    """For the page: in the reader's language where the content has it, else in its own."""
    place = path(ref(change.kind, change.id), language, market().language)
    title = _titles(change).get(language)
    if change.public is not None and title is None:
        title = _titles(change).get(change.public.original, "")
    shown = show(change.kind, change.id)
    return ChangeLine(change.seq, shown, change.kind, change.at, title, place if title else None)


def changes_body(found: Changes) -> dict[str, Any]:
    """For machines: `next` is what to send as `since`; with `more`, ask again at once."""
    return {
        "changes": [_entry(change) for change in found.rows],
        "next": found.last,
        "more": found.more,
    }


def _entry(change: Changed) -> dict[str, Any]:
    shown = {
        "seq": change.seq,
        "id": show(change.kind, change.id),
        "kind": change.kind,
        "at": to_text(change.at),
        "op": "published" if change.public else "withdrawn",
    }
    if change.public is None:
        return shown
    base, default = market().base_url, market().language
    place = url(base, ref(change.kind, change.id), default, default)
    return shown | {
        "url": place,
        "original_language": change.public.original,
        "titles": _titles(change),
    }


def _titles(change: Changed) -> Mapping[str, str]:
    if change.public is None:
        return {}
    return {language: text.title for language, text in sorted(change.public.texts.items())}
