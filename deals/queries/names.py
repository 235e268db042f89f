"""Titles of listings and of the deals about them, in the reader's language where there is one."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from deals.models import Deal
from listings.models import ListingText


def listing_titles(session: Session, ids: Iterable[str], language: str) -> dict[str, str]:
    """Titles by listing: in `language` where there is one, else in the original. One query."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    t = ListingText
    rows = session.execute(
        select(t.listing, t.language, t.title, t.original).where(t.listing.in_(wanted))
    )
    best: dict[str, tuple[int, str]] = {}
    for id, spoken, title, original in rows:
        rank = 2 if spoken == language else int(original)
        if id not in best or rank > best[id][0]:
            best[id] = (rank, title)
    return {id: title for id, (_, title) in best.items()}


def deal_title(session: Session, deal: str, language: str) -> str:
    """What a deal is about; the caller asked whether the reader may know of it."""
    listing = session.get_one(Deal, deal).listing
    return listing_titles(session, [listing], language).get(listing, "")
