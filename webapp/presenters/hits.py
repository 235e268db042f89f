"""One hit as lists draw it: everything comes from the index, none of it from the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core import links
from core.i18n import format_date
from core.ids import ref
from search.documents import Document
from search.queries import Hit, Segment, Segments
from webapp.language import plain
from webapp.presenters import labels
from webapp.presenters.prices import price_text, range_text
from webapp.presenters.showing import local_url


@dataclass(frozen=True)
class HitView:
    """`why` is the snippet with what was asked for marked; segments are plain text."""

    url: str
    id: str
    kind: str
    title: Segments
    lead: Segments
    why: Segments
    owner: str
    region: str
    trl: int | None
    ways: tuple[str, ...]
    keywords: tuple[str, ...]
    price: str
    legal: str
    published: str
    language: str
    """The language the text is in, where it is not the page's own; else empty."""


def view_hit(hit: Hit, language: str) -> HitView:
    """Facts from the document; words from the hit, in the reader's language where there are any."""
    document = hit.document
    text = document.text(language)
    return HitView(
        url=address(document),
        id=document.id,
        kind=labels.kind((document.facets.get("kind") or ("",))[0]),
        title=hit.title or (Segment(text.title),),
        lead=hit.lead or ((Segment(text.lead),) if text.lead else ()),
        why=hit.snippet,
        owner=_spoken(document.organisation, language, document.original),
        region=_region(document),
        trl=document.numbers.get("trl"),
        ways=tuple(labels.way(code) for code in document.facets.get("way", ())),
        keywords=text.keywords,
        price=_price(document, language),
        legal=next(iter(document.facets.get("legal_status", ())), ""),
        published=format_date(document.published.date(), language) if document.published else "",
        language="" if language in document.texts else document.original,
    )


def address(document: Document) -> str:
    """The page of what was found, in the page's language, below where the market is mounted."""
    return local_url(links.path(ref(document.kind, document.id), "zh") or "/search")


def _spoken(names: Mapping[str, str], language: str, original: str) -> str:
    return names.get(language) or names.get(original) or next(iter(names.values()), "")


def _region(document: Document) -> str:
    codes = document.facets.get("region", ())
    return labels.reference_name("regions", codes[-1]) if codes else ""


def _price(document: Document, language: str) -> str:
    stored = document.stored
    if document.kind == "need":
        low, high = stored.get("budget_low_minor"), stored.get("budget_high_minor")
        return range_text(low, high, stored.get("currency"), language)
    ways: Any = stored.get("ways")
    return price_text(ways[0], language) if ways else plain(labels.BY_AGREEMENT)
