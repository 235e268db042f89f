"""Listings and needs that an actor may read, newest first, in parts that follow each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.queries import organisation_names
from core.actor import Actor
from core.keyset import behind
from core.money import Money
from listings.models import Asset, Listing, ListingText, Need, NeedText
from listings.permissions import Do, NeedFacts, may_need, readable, readable_needs
from listings.records import group, money
from listings.states import ListingState, NeedState

Place = tuple[datetime, str]


@dataclass(frozen=True)
class ListingLine:
    """One listing in a list; texts are in the reader's language where there is one."""

    id: str
    kind: str
    state: str
    title: str
    value_line: str
    owner_org: str
    owner_name: str
    trl: int | None
    created_at: datetime
    published_at: datetime | None


@dataclass(frozen=True)
class NeedLine:
    """`owner_org` is None where the reader may not know who asks."""

    id: str
    state: str
    title: str
    summary: str
    owner_org: str | None
    owner_name: str | None
    budget_high: Money | None
    deadline: date | None
    created_at: datetime
    published_at: datetime | None


def listings_behind(
    session: Session,
    actor: Actor,
    place: Place | None,
    limit: int,
    *,
    owner: str | None = None,
    state: str | None = None,
    kind: str | None = None,
) -> list[ListingLine]:
    """Three statements."""
    asked = [(Listing.owner_org, owner), (Listing.state, state), (Asset.kind, kind)]
    rows = session.execute(
        select(Listing, Asset.kind, Asset.trl)
        .join(Asset, Asset.id == Listing.asset)
        .where(readable(actor), behind(Listing.created_at, Listing.id, place))
        .where(*(column == value for column, value in asked if value is not None))
        .order_by(Listing.created_at.desc(), Listing.id.desc())
        .limit(limit)
    ).all()
    texts = group(session, ListingText, ListingText.listing, [row.id for row, _, _ in rows])
    owners = {row.owner_org for row, _, _ in rows}
    names = organisation_names(session, owners, actor.language)
    found = []
    for row, what, trl in rows:
        text = _spoken(texts[row.id], actor.language)
        found.append(
            ListingLine(
                row.id,
                what,
                row.state,
                text.title,
                text.value_line,
                row.owner_org,
                names.get(row.owner_org, ""),
                trl,
                row.created_at,
                row.published_at,
            )
        )
    return found


def needs_behind(
    session: Session,
    actor: Actor,
    place: Place | None,
    limit: int,
    *,
    owner: str | None = None,
    state: str | None = None,
) -> list[NeedLine]:
    """As `listings_behind`. Only its own people find an anonymous need by its owner."""
    clauses = [readable_needs(actor), behind(Need.created_at, Need.id, place)]
    if owner is not None:
        clauses.append(Need.owner_org == owner)
        if not may_need(actor, Do.READ_HISTORY, NeedFacts(owner, None, NeedState.DRAFT)):
            clauses.append(Need.anonymous.is_(False))
    if state is not None:
        clauses.append(Need.state == state)
    rows = session.scalars(
        select(Need).where(*clauses).order_by(Need.created_at.desc(), Need.id.desc()).limit(limit)
    ).all()
    texts = group(session, NeedText, NeedText.need, [row.id for row in rows])
    names = organisation_names(session, {row.owner_org for row in rows}, actor.language)
    found = []
    for row in rows:
        facts = NeedFacts(row.owner_org, row.author, row.state, row.confidential)
        named = not row.anonymous or may_need(actor, Do.READ_HISTORY, facts)
        text = _spoken(texts[row.id], actor.language)
        found.append(
            NeedLine(
                row.id,
                row.state,
                text.title,
                text.summary,
                row.owner_org if named else None,
                names.get(row.owner_org) if named else None,
                money(row.budget_high_minor, row.currency),
                row.deadline,
                row.created_at,
                row.published_at,
            )
        )
    return found


def published_behind(session: Session, last: str, limit: int) -> list[str]:
    """Ids of published listings in their order, behind `last`. One statement."""
    rows = select(Listing.id).where(Listing.state == ListingState.PUBLISHED, Listing.id > last)
    return list(session.scalars(rows.order_by(Listing.id).limit(limit)))


def listings_of(session: Session, owner_org: str, last: str, limit: int) -> list[str]:
    """Ids of an organisation's listings in whatever state. Permission is the caller's."""
    rows = select(Listing.id).where(Listing.owner_org == owner_org, Listing.id > last)
    return list(session.scalars(rows.order_by(Listing.id).limit(limit)))


def needs_of_organisation(session: Session, owner_org: str, last: str, limit: int) -> list[str]:
    """As `listings_of`, for needs."""
    rows = select(Need.id).where(Need.owner_org == owner_org, Need.id > last)
    return list(session.scalars(rows.order_by(Need.id).limit(limit)))


def _spoken(texts: list[Any], language: str) -> Any:
    """In the reader's language, else the original."""
    return max(texts, key=lambda text: (text.language == language, text.original))
