"""Published terms as a line on a result's page."""

from __future__ import annotations

from dataclasses import dataclass

from core import links
from core.ids import ref
from deals.models import Posting
from deals.modes import MODES
from listings.queries import ListingPage
from webapp.language import page_language, plain
from webapp.presenters import labels
from webapp.presenters.notice_page import price
from webapp.presenters.showing import local_url, market


@dataclass(frozen=True)
class PostedView:
    url: str
    mode: str
    way: str
    price: str


def currency_for(listing: ListingPage) -> str:
    """In which currency terms on it are published: that of its first price, else the market's."""
    named = next((way.price.currency for way in listing.ways if way.price), "")
    return named or market().currency


def posted_view(row: Posting) -> PostedView:
    """In the page's language."""
    return PostedView(
        local_url(links.path(ref("posting", row.id), "zh") or ""),
        plain(MODES[row.mode].label),
        labels.way(row.way),
        price(row.terms, page_language()),
    )
