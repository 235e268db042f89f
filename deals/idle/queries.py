"""Unused results as their makers and the owner's office see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.queries import organisation_names, people_names
from core.actor import Actor
from core.law import LawBook, Profile
from core.times import legal_date
from deals.idle.acting import granted
from deals.idle.models import IdleUse
from deals.idle.permissions import is_maker, is_office, may_see
from deals.idle.rules import Idle, Standing, counted_from, idle_on
from deals.idle.states import STANDING, UseState
from deals.models import Deal, DealAsset
from deals.modes import MODES
from deals.queries.names import listing_titles
from listings.models import Asset, Contributor, Listing, PatentFacts
from listings.states import ListingState

_ENDED = frozenset(state.code for mode in MODES.values() for state in mode.states if state.ended)


@dataclass(frozen=True)
class UseLine:
    """A result that the reader made; `use`: the declaration that stands, or the last one."""

    asset: str
    title: str
    owner: str
    idle: Idle
    use: IdleUse | None


@dataclass(frozen=True)
class UsePage:
    """`asks_day`: the maker states the day of registration, which the record does not hold."""

    line: UseLine
    listing: str
    profile: Profile
    earlier: tuple[IdleUse, ...]
    people: dict[str, str]
    may_declare: bool
    asks_day: bool
    may_answer: bool
    may_end: bool
    own: bool
    """The reader declared it themselves: nobody answers their own declaration."""


def listing_of(session: Session, asset: str) -> Listing | None:
    """The newest listing of a result that is not put away."""
    found = select(Listing).where(Listing.asset == asset, Listing.state != ListingState.ARCHIVED)
    return session.scalar(found.order_by(Listing.created_at.desc()).limit(1))


def idle_of(
    session: Session, profile: Profile, asset: str, today: date, registered: date | None = None
) -> Idle:
    """How a result stands on a legal day; `registered`: as the certificate says. Three queries."""
    facts = select(PatentFacts.granted_on).where(PatentFacts.asset == asset)
    counted = counted_from(session.scalars(facts).all(), registered)
    talks = (
        select(Deal.id)
        .join(DealAsset, DealAsset.deal == Deal.id)
        .where(DealAsset.asset == asset, Deal.state.not_in(_ENDED))
    )
    owned = select(Asset.id).where(Asset.id == asset, granted(Asset.id.expression))
    used = session.scalar(owned) is not None or session.scalar(talks.limit(1)) is not None
    return idle_on(profile, counted, today, used=used)


def standing_use(session: Session, asset: str) -> IdleUse | None:
    found = select(IdleUse).where(IdleUse.asset == asset, IdleUse.state.in_(STANDING))
    return session.scalar(found)


def use_page(
    session: Session, actor: Actor, asset: str, now: datetime, law: LawBook, zone: ZoneInfo
) -> UsePage | None:
    """None where the reader may not know of it, or it is no result any more."""
    row, listing = session.get(Asset, asset), listing_of(session, asset)
    if row is None or listing is None or not may_see(session, actor, row):
        return None
    today = legal_date(now, zone)
    profile = law.profile(listing.jurisdiction, today)
    u = IdleUse
    uses = session.scalars(select(u).where(u.asset == asset).order_by(u.declared_at.desc())).all()
    line = _line(session, actor, row, listing, idle_of(session, profile, asset, today), uses[:1])
    use, office, maker = line.use, is_office(actor, row), is_maker(session, actor, row)
    stands = use is not None and use.state in STANDING
    own = use is not None and use.person == actor.person
    asks_day = line.idle.standing is Standing.UNKNOWN and _is_registered(session, row)
    ready = line.idle.standing is Standing.OVER or asks_day
    return UsePage(
        line=line,
        listing=listing.id,
        profile=profile,
        earlier=tuple(uses[1:]),
        people=people_names(session, {one.person for one in uses if one.person}, actor.language),
        may_declare=maker and ready and not stands,
        asks_day=asks_day,
        may_answer=office and not own and use is not None and use.state == UseState.DECLARED,
        may_end=stands and (office or own),
        own=own,
    )


def made_by(
    session: Session, actor: Actor, now: datetime, law: LawBook, zone: ZoneInfo
) -> list[UseLine]:
    """The results that the reader made in a unit where they have a seat, in order of title."""
    today = legal_date(now, zone)
    made = select(Contributor.asset).where(Contributor.person == actor.person)
    rows = session.scalars(
        select(Asset).where(Asset.id.in_(made), Asset.owner_org.in_(sorted(actor.organisations)))
    )
    lines = []
    for row in rows.all():
        if listing := listing_of(session, row.id):
            idle = idle_of(session, law.profile(listing.jurisdiction, today), row.id, today)
            last = select(IdleUse).where(IdleUse.asset == row.id)
            uses = session.scalars(last.order_by(IdleUse.declared_at.desc()).limit(1)).all()
            lines.append(_line(session, actor, row, listing, idle, uses))
    return sorted(lines, key=lambda line: line.title)


def _line(
    session: Session,
    actor: Actor,
    row: Asset,
    listing: Listing,
    idle: Idle,
    uses: Sequence[IdleUse],
) -> UseLine:
    titles = listing_titles(session, [listing.id], actor.language)
    owners = organisation_names(session, [row.owner_org], actor.language)
    last = uses[0] if uses else None
    return UseLine(row.id, titles.get(listing.id, ""), owners.get(row.owner_org, ""), idle, last)


def _is_registered(session: Session, row: Asset) -> bool:
    patents = select(PatentFacts.n).where(PatentFacts.asset == row.id)
    return row.registration is not None and session.scalar(patents.limit(1)) is None
