"""The transfer office's queue: what each listing waits for, and what falls due next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from accounts.queries import names_in, people_names
from accounts.units.queries import running, unit_names
from core.actor import Actor
from core.times import legal_date
from listings.kinds import DEAD
from listings.models import (
    Asset,
    Contributor,
    CoOwner,
    Listing,
    ListingText,
    PatentFacts,
    Right,
    TitleFinding,
)
from listings.permissions import OFFICERS
from listings.records import group
from listings.rules import TitleFacts, open_items
from listings.states import ListingState

TABS: Final = (
    "due",
    "review",
    "title",
    "others",
    "ready",
    "published",
    "returned",
    "drafts",
    "over",
    "all",
)
_SOON_DAYS = 2
PAGE = 24


@dataclass(frozen=True)
class QueueRow:
    """`status` is what the row waits for: a finer word than the state."""

    id: str
    version: int
    title: str
    value_line: str
    kind: str
    registration: str | None
    contributors: tuple[str, ...]
    state: str
    status: str
    open_items: tuple[str, ...]
    due_on: date | None
    due_what: str | None
    trl: int | None
    submitted_at: datetime | None
    handler: str | None
    handler_name: str | None
    unit: str | None
    unit_name: str
    mine: bool
    """The reader is its author, and so may not approve it."""


@dataclass(frozen=True)
class QueuePage:
    rows: tuple[QueueRow, ...]
    counts: dict[str, int]
    """Rows by tab, after the words and handler filter."""
    total: int
    page: int


def queue(
    session: Session,
    actor: Actor,
    now: datetime,
    zone: ZoneInfo,
    *,
    tab: str = "all",
    words: str = "",
    handler: str | None = None,
    unit: str = "",
    page: int = 1,
    size: int = PAGE,
) -> QueuePage:
    """Listings of the organisations where the actor is an officer, what is due first on top."""
    offices = sorted(seat.organisation for seat in actor.seats if seat.roles & OFFICERS)
    rows = _rows(session, actor, offices, zone)
    if words.strip():
        rows = [row for row in rows if _matches(row, words.strip().casefold())]
    if handler == "none":
        rows = [row for row in rows if row.handler is None]
    elif handler:
        rows = [row for row in rows if row.handler in (handler, None)]
    if unit:
        rows = [row for row in rows if row.unit == unit]
    today = legal_date(now, zone)
    counts = Counter(name for row in rows for name in _tabs(row, today))
    chosen = [row for row in rows if tab in _tabs(row, today)]
    chosen.sort(key=lambda row: (row.due_on or date.max, row.submitted_at or now, row.id))
    first = (max(page, 1) - 1) * size
    return QueuePage(tuple(chosen[first : first + size]), dict(counts), len(chosen), max(page, 1))


def colleagues(session: Session, actor: Actor, now: datetime) -> list[tuple[str, str]]:
    """(id, name) of the other officers of the actor's offices, by name. One query."""
    offices = [seat.organisation for seat in actor.seats if seat.roles & OFFICERS]
    names = names_in(session, offices, now, OFFICERS, actor.language)
    return sorted(
        ((id, name) for id, name in names.items() if id != actor.person), key=lambda one: one[1]
    )


def units(session: Session, actor: Actor) -> list[tuple[str, str]]:
    """(id, name) of the running units of the actor's offices. One query."""
    offices = [seat.organisation for seat in actor.seats if seat.roles & OFFICERS]
    return [(row.id, row.named(actor.language)) for row in running(session, offices)]


def title_facts(session: Session, asset: str, today: date) -> TitleFacts:
    """What register and patents say, for the panel that proposes answers."""
    owners = session.scalars(select(CoOwner.consented_on).where(CoOwner.asset == asset)).all()
    rights = session.scalars(
        select(Right).where(Right.asset == asset, or_(Right.ends.is_(None), Right.ends >= today))
    ).all()
    patents = session.scalars(select(PatentFacts).where(PatentFacts.asset == asset)).all()
    annuities = [row.annuity_due_on for row in patents if row.annuity_due_on]
    pledges = [row for row in rights if row.kind == "pledge"]
    return TitleFacts(
        co_owners=len(owners),
        co_owners_open=sum(1 for consented in owners if consented is None),
        pledges=len(pledges),
        pledges_without_consent=sum(1 for row in pledges if not row.consent),
        licences=sum(1 for row in rights if row.kind != "pledge"),
        annuities_overdue=sum(1 for due in annuities if due < today),
        annuity_next=min(annuities, default=None),
        patents=len(patents),
        patents_ended=sum(1 for row in patents if row.legal_status in DEAD),
    )


def _rows(session: Session, actor: Actor, offices: Sequence[str], zone: ZoneInfo) -> list[QueueRow]:
    heads = session.execute(
        select(Listing, Asset, ListingText)
        .join(Asset, Asset.id == Listing.asset)
        .join(ListingText, _original())
        .where(Listing.owner_org.in_(offices), Listing.state != ListingState.ARCHIVED)
    ).all()
    mine = select(Listing.id).where(Listing.owner_org.in_(offices))
    owned = select(Listing.asset).where(Listing.owner_org.in_(offices))
    findings = group(session, TitleFinding, TitleFinding.listing, mine)
    people = group(session, Contributor, Contributor.asset, owned)
    due = session.execute(
        select(PatentFacts.asset, func.min(PatentFacts.annuity_due_on))
        .where(PatentFacts.asset.in_(owned), PatentFacts.annuity_due_on.is_not(None))
        .group_by(PatentFacts.asset)
    ).all()
    annuities = {asset: day for asset, day in due}  # noqa: C416  rows are not pairs
    names = people_names(
        session, sorted({row.handler for row, _, _ in heads if row.handler}), actor.language
    )
    units = unit_names(session, {row.unit for row, _, _ in heads}, actor.language)
    found = []
    for listing, asset, text in heads:
        outcomes = {row.item: row.outcome for row in findings.get(listing.id, [])}
        team = sorted(people.get(asset.id, []), key=lambda row: row.position)
        still = open_items(outcomes)
        due_on, due_what = _next_due(listing, annuities.get(asset.id), zone)
        found.append(
            QueueRow(
                id=listing.id,
                version=listing.version,
                title=text.title,
                value_line=text.value_line,
                kind=asset.kind,
                registration=asset.registration,
                contributors=tuple(row.name for row in team),
                state=listing.state,
                status=_status(listing, outcomes, team),
                open_items=still,
                due_on=due_on,
                due_what=due_what,
                trl=asset.trl,
                submitted_at=listing.submitted_at,
                handler=listing.handler,
                handler_name=names.get(listing.handler or ""),
                unit=listing.unit,
                unit_name=units.get(listing.unit or "", ""),
                mine=listing.author is not None and listing.author == actor.person,
            )
        )
    return found


def _status(listing: Listing, outcomes: dict[str, str], team: Sequence[Contributor]) -> str:
    """What it waits for, in one word of the queue."""
    state = listing.state
    if state == ListingState.DRAFT:
        return "returned" if listing.returned_code else "draft"
    if state == ListingState.PUBLISHED:
        return "faded" if listing.faded_at else "published"
    if state == ListingState.APPROVED:
        waits = [row for row in team if row.person and row.share_bp is not None]
        return "shares" if any(row.confirmed_at is None for row in waits) else "ready"
    if state == ListingState.SUBMITTED:
        return "review"
    if state == ListingState.TITLE_CHECK:
        if outcomes.get("co_owners") == "waits":
            return "co_owners"
        return "title_open" if open_items(outcomes) else "review"
    return str(state)


def _tabs(row: QueueRow, today: date) -> tuple[str, ...]:
    tabs = ["all"]
    if row.due_on is not None and (row.due_on - today).days < _SOON_DAYS:
        tabs.append("due")
    by_status = {
        "review": "review",
        "title_open": "title",
        "co_owners": "others",
        "shares": "others",
        "ready": "ready",
        "published": "published",
        "faded": "published",
        "returned": "returned",
        "draft": "drafts",
    }
    tabs.append(by_status.get(row.status, "over"))
    return tuple(tabs)


def _next_due(
    listing: Listing, annuity: date | None, zone: ZoneInfo
) -> tuple[date | None, str | None]:
    dates: list[tuple[date, str]] = []
    if annuity is not None:
        dates.append((annuity, "annuity"))
    if listing.faded_at is None and listing.fades_at is not None:
        dates.append((legal_date(listing.fades_at, zone), "heartbeat"))
    elif listing.expires_at is not None:
        dates.append((legal_date(listing.expires_at, zone), "expiry"))
    return min(dates, default=(None, None))


def _matches(row: QueueRow, words: str) -> bool:
    told = " ".join([row.title, row.registration or "", *row.contributors])
    return words in told.casefold()


def _original() -> ColumnElement[bool]:
    return and_(ListingText.listing == Listing.id, ListingText.language == Listing.language)
