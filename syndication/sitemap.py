"""Addresses of everything public, in pages that stay below the protocol's 50,000 (sitemaps.org)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.models import Organisation
from accounts.states import OrganisationState
from core.ids import ref
from listings.models import Listing, Need
from listings.states import ListingState, NeedState

PAGE = 10_000
"""Places per file: each is written in two languages."""


@dataclass(frozen=True)
class Place:
    """A stream with a public page, and when it last changed."""

    ref: str
    changed: datetime | None


def pages(session: Session) -> int:
    """How many files the sitemap has; the first also names the fixed pages."""
    total = session.scalar(
        select(func.count()).select_from(Listing).where(Listing.state == ListingState.PUBLISHED)
    )
    return max(1, -(-(total or 0) // PAGE))


def places(session: Session, page: int) -> Iterator[Place]:
    """Published listings of one page, in a stable order; with page 1, needs and institutes too."""
    rows = session.execute(
        select(Listing.id, Listing.edited_at)
        .where(Listing.state == ListingState.PUBLISHED)
        .order_by(Listing.id)
        .offset((page - 1) * PAGE)
        .limit(PAGE)
    )
    yield from (Place(ref("listing", id), changed) for id, changed in rows)
    if page == 1:
        yield from _few(session)


def _few(session: Session) -> Iterator[Place]:
    needs = session.execute(
        select(Need.id, Need.edited_at)
        .where(Need.state == NeedState.PUBLISHED, Need.confidential.is_(False))
        .order_by(Need.id)
        .limit(PAGE)
    )
    yield from (Place(ref("need", id), changed) for id, changed in needs)
    vetted = session.execute(
        select(Organisation.id, Organisation.decided_at)
        .where(Organisation.state == OrganisationState.VETTED, Organisation.kind == "institute")
        .order_by(Organisation.id)
        .limit(PAGE)
    )
    yield from (Place(ref("organisation", id), changed) for id, changed in vetted)
