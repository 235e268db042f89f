"""What an operator or auditor looks through: organisations, people, the audit chain."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from accounts.models import ContactPoint, Membership, Organisation, OrganisationName, Person
from accounts.permissions import facts_of, is_involved
from accounts.queries import holds_at, organisation_names, people_names, proven_contacts
from core.actor import Actor
from core.errors import NotFound
from core.ids import split_ref
from core.models import Audit

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
    """Organisations by state and part of a name or number; those that wait longest come first."""
    o, n = Organisation, OrganisationName
    where = [o.state == state] if state else []
    if wanted := text.strip().lower():
        named = select(n.organisation).where(func.lower(n.name).contains(wanted, autoescape=True))
        where.append(or_(o.id.in_(named), func.lower(o.number).contains(wanted, autoescape=True)))
    total = session.scalar(select(func.count()).select_from(o).where(*where)) or 0
    rows = session.scalars(
        select(o)
        .where(*where)
        .order_by(o.registered_at, o.id)
        .limit(PAGE)
        .offset(PAGE * (page - 1))
    ).all()
    names = organisation_names(session, [row.id for row in rows], language)
    people = people_names(session, [row.registered_by or "" for row in rows], language)
    lines = [
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
    return Page(lines, total, page)


@dataclass(frozen=True)
class VettingPage:
    organisation: Organisation
    names: dict[str, str]
    registered_by: str
    contacts: list[str]
    same_number: int
    """How many other registrations carry this number."""
    involved: bool
    """The actor registered it or sits in it: another operator must decide."""


def vetting_page(session: Session, actor: Actor, id: str) -> VettingPage:
    """Everything an operator compares with the register. Raises NotFound."""
    row = session.get(Organisation, id)
    if row is None:
        raise NotFound
    n, who = OrganisationName, row.registered_by or ""
    names = session.execute(select(n.language, n.name).where(n.organisation == id))
    others = select(func.count()).where(
        Organisation.country == row.country,
        Organisation.number == row.number,
        Organisation.id != id,
    )
    return VettingPage(
        row,
        {row.language: row.name for row in names},
        people_names(session, [who], actor.language).get(who, ""),
        [point.value for point in proven_contacts(session, [who]).get(who, [])],
        session.scalar(others) or 0,
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
class EntryLine:
    stream: str
    seq: int
    at: datetime
    actor: str
    what: str
    ids: Mapping[str, Any]
    hash: str


def audit_entries(
    session: Session, language: str, stream: str = "", actor: str = "", page: int = 1
) -> Page:
    """Entries of one stream in their order, or everybody's with the newest first; two queries
    beside one for names."""
    where = [Audit.stream == stream] if stream else []
    where += [Audit.actor == actor] if actor else []
    total = session.scalar(select(func.count()).select_from(Audit).where(*where)) or 0
    order = Audit.seq.asc() if stream else Audit.n.desc()
    rows = session.scalars(
        select(Audit).where(*where).order_by(order).limit(PAGE).offset(PAGE * (page - 1))
    ).all()
    persons = [split_ref(row.actor)[1] for row in rows if row.actor.startswith("person:")]
    names = people_names(session, persons, language)
    return Page([_entry(row, names) for row in rows], total, page)


def _entry(row: Audit, names: Mapping[str, str]) -> EntryLine:
    body = json.loads(row.body)
    who = names.get(split_ref(row.actor)[1], row.actor)
    return EntryLine(
        row.stream, row.seq, row.at, who, body.get("what", ""), body.get("ids", {}), row.hash
    )


def waiting(session: Session) -> int:
    """How many organisations wait to be vetted."""
    rows = select(func.count()).where(Organisation.state == "applied")
    return session.scalar(rows) or 0
