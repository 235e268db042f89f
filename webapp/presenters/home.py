"""The home page: fields as bars, what closes, what is new, what is wanted, what was counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote

from core import links
from core.i18n import N_
from reporting.figures import Closing, MarketFigures
from search.queries import SearchPage
from webapp.language import page_language, plain
from webapp.presenters import labels
from webapp.presenters.hits import HitView, view_hit
from webapp.presenters.showing import local_url, market

CLOSING = {"notice": N_("Public notice; objections end"), "need": N_("Need; answers end")}


@dataclass(frozen=True)
class Bar:
    code: str
    name: str
    count: int
    width: float


@dataclass(frozen=True)
class ClosingView:
    day: date
    what: str
    title: str
    url: str


@dataclass(frozen=True)
class Figures:
    at: datetime
    rows: tuple[tuple[str, int], ...]


def bars(found: SearchPage) -> list[Bar]:
    """The sections of the classification, most results first; widths out of 400."""
    counts = found.facets.get("ipc_section", ())
    most = max((count.count for count in counts), default=1)
    return [
        Bar(
            count.value,
            labels.reference_name("ipc_sections", count.value),
            count.count,
            round(400 * count.count / most, 1),
        )
        for count in sorted(counts, key=lambda count: -count.count)[:8]
    ]


def hits(found: SearchPage) -> list[HitView]:
    return [view_hit(hit, page_language()) for hit in found.hits]


def closing(items: Sequence[Closing]) -> list[ClosingView]:
    language = page_language()
    return [
        ClosingView(
            item.day,
            plain(CLOSING[item.kind]),
            item.titles.get(language) or next(iter(item.titles.values())),
            local_url(links.path(item.ref, "zh") or "/"),
        )
        for item in items
    ]


def figures(counted: MarketFigures) -> Figures:
    """Only what is not nothing, except the results on offer."""
    rows = (
        (N_("Results on offer"), counted.published),
        (N_("Open needs"), counted.needs),
        (N_("Institutes"), counted.institutes),
        (N_("Firms"), counted.firms),
        (N_("Inquiries received"), counted.inquiries),
        (N_("Deals agreed"), counted.agreed),
        (N_("Public notices"), counted.notices),
    )
    return Figures(counted.at, rows)


def examples(newest: Sequence[HitView]) -> list[tuple[str, str]]:
    """Searches to try, made of words that are on offer now."""
    words = [hit.keywords[0] for hit in newest if hit.keywords][:3]
    return [(word, local_url(f"/search?q={quote(word)}")) for word in dict.fromkeys(words)]


def json_ld() -> dict[str, object]:
    """The site and its search box, for search engines."""
    here = market()
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": here.name(page_language()),
        "url": f"{here.base_url}/",
        "inLanguage": page_language(),
        "potentialAction": {
            "@type": "SearchAction",
            "target": f"{here.base_url}/search?q={{query}}",
            "query-input": "required name=query",
        },
    }
