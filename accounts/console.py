"""What an operator or auditor looks through: organisations and people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from accounts.alike import Why
from accounts.documents import documents_of, marks_of
from accounts.models import (
    AccessToken,
    ContactPoint,
    LoginSession,
    Membership,
    Organisation,
    OrganisationDocument,
    OrganisationMark,
    OrganisationName,
    Person,
)
from accounts.permissions import facts_of, is_involved
from accounts.queries import holds_at, organisation_names, people_names, proven_contacts
from accounts.similar import similar_organisations
from accounts.states import OrganisationState
from core.actor import Actor
from core.errors import NotFound

PAGE: Final = 50


@dataclass(frozen=True)
class OrganisationLine:
    id: str
    name: str
    kind: str
    state: str
    country: str
    number: str
    registered_at: datetime
    registered_by: str


@dataclass(frozen=True)
class Page:
    """One page of a list, and how many rows the whole list has."""

    lines: list[Any]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


def organisations(
    session: Session, language: str, state: str = "", text: str = "", page: int = 1
) -> Page:
    """Organisations by state and part of a name or number. Of those that wait the oldest come
    first, else the newest. Constant queries."""
    o, n = Organisation, OrganisationName
    where = [o.state == state] if state else []
    if wanted := text.strip().lower():
        named = select(n.organisation).where(func.lower(n.name).contains(wanted, autoescape=True))
        where.append(or_(o.id.in_(named), func.lower(o.number).contains(wanted, autoescape=True)))
    total = session.scalar(select(func.count()).select_from(o).where(*where)) or 0
    order = o.registered_at if state == OrganisationState.APPLIED else o.registered_at.desc()
    rows = session.scalars(
        select(o).where(*where).order_by(order, o.id).limit(PAGE).offset(PAGE * (page - 1))
    ).all()
    return Page(_lines(session, rows, language), total, page)


def _lines(session: Session, rows: Sequence[Organisation], language: str) -> list[OrganisationLine]:
    names = organisation_names(session, [row.id for row in rows], language)
    people = people_names(session, [row.registered_by or "" for row in rows], language)
    return [
        OrganisationLine(
            row.id,
            names.get(row.id, ""),
            row.kind,
            row.state,
            row.country,
            row.number,
            row.registered_at,
            people.get(row.registered_by or "", ""),
        )
        for row in rows
    ]


def organisations_by_state(session: Session) -> dict[str, int]:
    """How many organisations are in each state. One query."""
    o = Organisation
    rows = session.execute(select(o.state, func.count()).group_by(o.state))
    return {state: count for state, count in rows}  # noqa: C416  mypy reads rows only unpacked


@dataclass(frozen=True)
class VettingPage:
    organisation: Organisation
    names: dict[str, str]
    registered_by: str
    contacts: list[str]
    same_number: list[OrganisationLine]
    """Other registrations that carry this number."""
    alike: list[tuple[OrganisationLine, dict[str, str], Why]]
    """Others whose name is much like this one's, the likest first: their names, and how alike."""
    documents: list[OrganisationDocument]
    marks: dict[str, OrganisationMark]
    involved: bool
    """The actor registered it or sits in it: another operator must decide."""


def vetting_page(session: Session, actor: Actor, id: str) -> VettingPage:
    """Everything an operator compares with the register. Raises NotFound."""
    row = session.get(Organisation, id)
    if row is None:
        raise NotFound
    n, who = OrganisationName, row.registered_by or ""
    names = session.execute(select(n.language, n.name).where(n.organisation == id))
    spoken = {row.language: row.name for row in names}
    likest = dict(similar_organisations(session, spoken.values(), beside=id))
    theirs: dict[str, dict[str, str]] = {}
    for other in session.scalars(select(n).where(n.organisation.in_(list(likest)))):
        theirs.setdefault(other.organisation, {})[other.language] = other.name
    same = and_(Organisation.country == row.country, Organisation.number == row.number)
    found = session.scalars(
        select(Organisation).where(
            or_(same, Organisation.id.in_(list(likest))), Organisation.id != id
        )
    ).all()
    lines = {line.id: line for line in _lines(session, found, actor.language)}
    return VettingPage(
        row,
        spoken,
        people_names(session, [who], actor.language).get(who, ""),
        [point.value for point in proven_contacts(session, [who]).get(who, [])],
        [lines[o.id] for o in found if (o.country, o.number) == (row.country, row.number)],
        [(lines[one], theirs[one], pair.why) for one, pair in likest.items()],
        documents_of(session, id),
        marks_of(session, id),
        is_involved(actor, facts_of(row)),
    )


@dataclass(frozen=True)
class PersonLine:
    id: str
    name: str
    state: str
    contacts: list[str]
    organisations: list[str]
    created_at: datetime


def people(session: Session, language: str, now: datetime, text: str = "", page: int = 1) -> Page:
    """People by part of a name or proven contact, the newest first. Constant queries."""
    p, c, wanted = Person, ContactPoint, text.strip().lower()
    where = []
    if wanted:
        reached = select(c.person).where(c.value.contains(wanted, autoescape=True))
        where.append(or_(func.lower(p.name).contains(wanted, autoescape=True), p.id.in_(reached)))
    total = session.scalar(select(func.count()).select_from(p).where(*where)) or 0
    newest = select(p).where(*where).order_by(p.created_at.desc(), p.id)
    rows = session.scalars(newest.limit(PAGE).offset(PAGE * (page - 1))).all()
    ids = [row.id for row in rows]
    contacts = proven_contacts(session, ids)
    seats: dict[str, list[str]] = {}
    held = select(Membership.person, Membership.organisation).where(
        Membership.person.in_(ids), *holds_at(now)
    )
    for person, organisation in session.execute(held):
        seats.setdefault(person, []).append(organisation)
    names = organisation_names(session, [one for many in seats.values() for one in many], language)
    lines = [
        PersonLine(
            row.id,
            row.name,
            row.state,
            [point.value for point in contacts.get(row.id, [])],
            [names.get(one, "") for one in seats.get(row.id, [])],
            row.created_at,
        )
        for row in rows
    ]
    return Page(lines, total, page)


@dataclass(frozen=True)
class HeldAccess:
    """What of a person's, or of everybody's in an organisation, opens something now."""

    name: str
    people: int
    sessions: int
    tokens: int


def held_access(session: Session, language: str, kind: str, id: str, now: datetime) -> HeldAccess:
    """`kind` is person or organisation. Raises NotFound. Four queries."""
    m, s, t = Membership, LoginSession, AccessToken
    if kind == "person":
        whose = select(Person.id).where(Person.id == id)
        name = people_names(session, [id], language).get(id)
    else:
        whose = select(m.person).where(m.organisation == id, *holds_at(now))
        name = organisation_names(session, [id], language).get(id)
    if name is None:
        raise NotFound
    open_sessions = s.person.in_(whose), s.revoked_at.is_(None), s.expires_at > now
    open_tokens = t.person.in_(whose), t.revoked_at.is_(None), t.expires_at > now
    people = session.scalar(select(func.count()).select_from(whose.subquery()))
    sessions = session.scalar(select(func.count()).select_from(s).where(*open_sessions))
    tokens = session.scalar(select(func.count()).select_from(t).where(*open_tokens))
    return HeldAccess(name, people or 0, sessions or 0, tokens or 0)
