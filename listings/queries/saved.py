"""A person's saved items, and what came of the links they shared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from core.actor import Actor
from core.ids import split_ref
from listings.models import (
    Listing,
    ListingText,
    Need,
    NeedText,
    SavedItem,
    ShareLink,
    ShareVisit,
)
from listings.permissions import readable, readable_needs


@dataclass(frozen=True)
class SavedRow:
    """`title` is None where the person may no longer read it; it can be taken off the list."""

    ref: str
    saved_at: datetime
    note: str
    title: str | None
    value_line: str = ""
    state: str | None = None
    faded: bool = False


@dataclass(frozen=True)
class SharedRow:
    code: str
    ref: str
    channel: str
    created_at: datetime
    visits: int


Said = tuple[str, str, str, bool]
"""Title, value line, state, and whether it is faded."""


def said_of(session: Session, actor: Actor, refs: Sequence[str], language: str) -> dict[str, Said]:
    """What listings and needs are called, by ref; those the actor may not read are left out."""
    listings = [split_ref(ref)[1] for ref in refs if ref.startswith("listing:")]
    needs = [split_ref(ref)[1] for ref in refs if ref.startswith("need:")]
    return _listings(session, actor, listings, language) | _needs(session, actor, needs, language)


def saved_items(session: Session, actor: Actor, language: str) -> tuple[SavedRow, ...]:
    """Newest first, in three statements."""
    saved = session.scalars(
        select(SavedItem)
        .where(SavedItem.person == actor.person)
        .order_by(SavedItem.saved_at.desc(), SavedItem.ref)
    ).all()
    shown = said_of(session, actor, [row.ref for row in saved], language)
    return tuple(
        SavedRow(row.ref, row.saved_at, row.note, *shown.get(row.ref, (None,))) for row in saved
    )


def shared_by(session: Session, actor: Actor) -> tuple[SharedRow, ...]:
    """Share links that the actor made, with the number of visits."""
    visits = func.count(ShareVisit.n)
    rows = session.execute(
        select(ShareLink, visits)
        .outerjoin(ShareVisit, ShareVisit.code == ShareLink.code)
        .where(ShareLink.person == actor.person, ShareLink.person.is_not(None))
        .group_by(ShareLink.code)
        .order_by(ShareLink.created_at.desc(), ShareLink.code)
    ).all()
    return tuple(
        SharedRow(link.code, link.ref, link.channel, link.created_at, count) for link, count in rows
    )


def _listings(session: Session, actor: Actor, ids: list[str], language: str) -> dict[str, Said]:
    rows = session.execute(
        select(Listing, ListingText)
        .join(ListingText, and_(ListingText.listing == Listing.id))
        .where(Listing.id.in_(ids), readable(actor))
        .order_by((ListingText.language == language).asc(), ListingText.original)
    )
    return {
        listing.stream: (text.title, text.value_line, listing.state, listing.faded_at is not None)
        for listing, text in rows
    }


def _needs(session: Session, actor: Actor, ids: list[str], language: str) -> dict[str, Said]:
    rows = session.execute(
        select(Need, NeedText)
        .join(NeedText, NeedText.need == Need.id)
        .where(Need.id.in_(ids), readable_needs(actor))
        .order_by((NeedText.language == language).asc(), NeedText.original)
    )
    return {need.stream: (text.title, text.summary, need.state, False) for need, text in rows}
