"""Entries of an Atom feed, from hits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from core.ids import show
from search.queries import Hit
from webapp.presenters.hits import view_hit
from webapp.presenters.showing import market


@dataclass(frozen=True)
class Entry:
    """`id` never changes, whatever address the page moves to (RFC 4287, section 4.2.6)."""

    id: str
    url: str
    title: str
    summary: str
    author: str
    category: str
    language: str
    updated: datetime


def feed_entries(hits: Sequence[Hit], language: str) -> list[Entry]:
    """In the reader's language where the content has it, else in its own."""
    return [_entry(hit, language) for hit in hits]


def tag_uri(name: str) -> str:
    """What never changes, whatever address the market moves to (RFC 4151)."""
    host = market().base_url.partition("://")[2]
    return f"tag:{host.partition(':')[0]},2026:{name}"


def _entry(hit: Hit, language: str) -> Entry:
    view, document = view_hit(hit, language), hit.document
    return Entry(
        id=tag_uri(show(document.kind, document.id)),
        url=f"{market().base_url}{view.url}",
        title="".join(part.text for part in view.title),
        summary="".join(part.text for part in view.lead),
        author=view.owner,
        category=view.kind,
        language=view.language or language,
        updated=document.published or datetime(2000, 1, 1, tzinfo=UTC),
    )
