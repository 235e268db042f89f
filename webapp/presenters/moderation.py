"""The operator's list of what is public: results and needs that may have to come down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.queries import organisation_names
from listings.models import Listing, ListingText

NEWEST: Final = 100


@dataclass(frozen=True)
class PublicLine:
    id: str
    title: str
    owner: str
    published_at: datetime | None


def published(session: Session, language: str, text: str = "") -> list[PublicLine]:
    """Published listings by part of their title, the newest first, at most a hundred."""
    where = [Listing.state == "published"]
    if wanted := text.strip().lower():
        where.append(func.lower(ListingText.title).contains(wanted, autoescape=True))
    rows = session.execute(
        select(Listing.id, ListingText.title, Listing.owner_org, Listing.published_at)
        .join(ListingText, ListingText.listing == Listing.id)
        .where(ListingText.original, *where)
        .order_by(Listing.published_at.desc(), Listing.id)
        .limit(NEWEST)
    ).all()
    owners = organisation_names(session, [row.owner_org for row in rows], language)
    return [
        PublicLine(row.id, row.title, owners.get(row.owner_org, ""), row.published_at)
        for row in rows
    ]
