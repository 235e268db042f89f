"""A researcher's own results, and what waits for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from core.actor import Actor
from listings.models import Asset, Contributor, Listing, ListingText
from listings.states import ListingState


@dataclass(frozen=True)
class MyListing:
    id: str
    version: int
    title: str
    value_line: str
    kind: str
    state: str
    trl: int | None
    edited_at: datetime
    returned_code: str | None
    fades_at: datetime | None
    faded_at: datetime | None
    expires_at: datetime | None


@dataclass(frozen=True)
class ShareToConfirm:
    asset: str
    listing: str
    title: str
    position: int
    share_bp: int


@dataclass(frozen=True)
class Workbench:
    mine: tuple[MyListing, ...]
    shares: tuple[ShareToConfirm, ...]
    returned: tuple[MyListing, ...]
    beats: tuple[MyListing, ...]
    """Published ones that must be confirmed soon, or have faded."""

    @property
    def waiting(self) -> int:
        return len(self.shares) + len(self.returned) + len(self.beats)


def workbench(session: Session, actor: Actor, now: datetime, remind: datetime) -> Workbench:
    """Two statements. What fades before `remind` is asked for already."""
    rows = session.execute(
        select(Listing, Asset, ListingText)
        .join(Asset, Asset.id == Listing.asset)
        .join(
            ListingText,
            and_(ListingText.listing == Listing.id, ListingText.language == Listing.language),
        )
        .where(Listing.author == actor.person, Listing.owner_org.in_(sorted(actor.organisations)))
        .order_by(Listing.edited_at.desc(), Listing.id)
    ).all()
    mine = tuple(_mine(listing, asset, text) for listing, asset, text in rows)
    return Workbench(
        mine=mine,
        shares=_shares(session, actor),
        returned=tuple(row for row in mine if row.returned_code and row.state == "draft"),
        beats=tuple(row for row in mine if _beats(row, now, remind)),
    )


def _shares(session: Session, actor: Actor) -> tuple[ShareToConfirm, ...]:
    rows = session.execute(
        select(Contributor, Listing.id, ListingText.title)
        .join(Listing, Listing.asset == Contributor.asset)
        .join(
            ListingText,
            and_(ListingText.listing == Listing.id, ListingText.language == Listing.language),
        )
        .where(
            Contributor.person == actor.person,
            Contributor.person.is_not(None),
            Contributor.confirmed_at.is_(None),
            Contributor.share_bp.is_not(None),
            Listing.state != ListingState.ARCHIVED,
        )
        .order_by(ListingText.title, Listing.id)
    ).all()
    return tuple(
        ShareToConfirm(row.asset, listing, title, row.position + 1, row.share_bp or 0)
        for row, listing, title in rows
    )


def _mine(listing: Listing, asset: Asset, text: ListingText) -> MyListing:
    return MyListing(
        listing.id,
        listing.version,
        text.title,
        text.value_line,
        asset.kind,
        listing.state,
        asset.trl,
        listing.edited_at,
        listing.returned_code,
        listing.fades_at,
        listing.faded_at,
        listing.expires_at,
    )


def _beats(row: MyListing, now: datetime, remind: datetime) -> bool:
    if row.state == ListingState.EXPIRED:
        return False
    due = row.fades_at is not None and (row.fades_at <= now or row.fades_at <= remind)
    return row.state == ListingState.PUBLISHED and (row.faded_at is not None or due)
