"""Needs as their pages and lists show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from accounts.queries import organisation_names, people_names
from core.actor import Actor
from core.money import Money
from listings.models import Need, NeedText, SavedItem
from listings.permissions import OFFICERS, Do, NeedFacts, may_need
from listings.records import money


@dataclass(frozen=True)
class NeedPage:
    """`owner_org` is None for readers who may not know who asks; `ours`: the reader has a seat with
    who asks, named to them or not."""

    id: str
    version: int
    state: str
    confidential: bool
    anonymous: bool
    owner_org: str | None
    owner_name: str | None
    language: str
    languages: tuple[str, ...]
    shown_language: str
    title: str
    summary: str
    description: str
    tried: str
    keywords: tuple[str, ...]
    budget_low: Money | None
    budget_high: Money | None
    fields: tuple[str, ...]
    industries: tuple[str, ...]
    region: str | None
    deadline: date | None
    contact_name: str | None
    contact_person: str | None
    published_at: datetime | None
    expires_at: datetime | None
    saved: bool
    may: frozenset[Do]
    ours: bool


@dataclass(frozen=True)
class NeedRow:
    id: str
    title: str
    summary: str
    state: str
    confidential: bool
    budget_high: Money | None
    deadline: date | None
    edited_at: datetime


def need_page(
    session: Session, actor: Actor, need: str, *, language: str | None = None
) -> NeedPage | None:
    """None where the actor may not know of it."""
    row = session.get(Need, need)
    if row is None:
        return None
    facts = NeedFacts(row.owner_org, row.author, row.state, row.confidential)
    if not may_need(actor, Do.READ, facts):
        return None
    wanted = language or actor.language
    texts = session.scalars(select(NeedText).where(NeedText.need == need)).all()
    by_language = {text.language: text for text in texts}
    text = by_language.get(wanted) or by_language.get(row.language) or texts[0]
    inside = may_need(actor, Do.READ_HISTORY, facts)
    named = inside or not row.anonymous
    names = organisation_names(session, [row.owner_org], wanted)
    people = people_names(session, [row.contact_person] if row.contact_person else [], wanted)
    contact = people.get(row.contact_person or "") or row.contact_name
    saved = actor.person and session.get(SavedItem, (actor.person, row.stream)) is not None
    return NeedPage(
        id=row.id,
        version=row.version,
        state=row.state,
        confidential=row.confidential,
        anonymous=row.anonymous,
        owner_org=row.owner_org if named else None,
        owner_name=names.get(row.owner_org) if named else None,
        language=row.language,
        languages=tuple(sorted(by_language)),
        shown_language=text.language,
        title=text.title,
        summary=text.summary,
        description=text.description,
        tried=text.tried,
        keywords=tuple(text.keywords),
        budget_low=money(row.budget_low_minor, row.currency),
        budget_high=money(row.budget_high_minor, row.currency),
        fields=tuple(row.fields),
        industries=tuple(row.industries),
        region=row.region,
        deadline=row.deadline,
        contact_name=contact if named else None,
        contact_person=row.contact_person,
        published_at=row.published_at,
        expires_at=row.expires_at,
        saved=bool(saved),
        may=frozenset(do for do in Do if may_need(actor, do, facts)),
        ours=row.owner_org in actor.organisations,
    )


def needs_of(session: Session, actor: Actor) -> tuple[NeedRow, ...]:
    """Needs that the actor wrote or administers, newest first, in one statement."""
    offices = sorted(seat.organisation for seat in actor.seats if seat.roles & OFFICERS)
    rows = session.execute(
        select(Need, NeedText)
        .join(NeedText, and_(NeedText.need == Need.id, NeedText.language == Need.language))
        .where(
            or_(
                Need.owner_org.in_(offices),
                and_(
                    Need.author == actor.person,
                    Need.owner_org.in_(sorted(actor.organisations)),
                ),
            )
        )
        .order_by(Need.edited_at.desc())
    ).all()
    return tuple(
        NeedRow(
            need.id,
            text.title,
            text.summary,
            need.state,
            need.confidential,
            money(need.budget_high_minor, need.currency),
            need.deadline,
            need.edited_at,
        )
        for need, text in rows
    )
