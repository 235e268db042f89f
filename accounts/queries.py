"""What other areas and pages ask of accounts. Every function takes a reading session."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from accounts.models import (
    ContactPoint,
    LoginSession,
    Membership,
    Organisation,
    OrganisationName,
    Person,
)
from accounts.rules import effective_roles
from accounts.states import OrganisationState, PersonState
from core.actor import ANONYMOUS, Actor, Seat

_ACTIVE = PersonState.ACTIVE.value


def load_actor(session: Session, person: str, now: datetime) -> Actor:
    """The actor with the seats in force at `now`; ANONYMOUS for nobody or an inactive person.

    Two queries. Called for every request and every batch of a job, so that an ended membership
    ends at once.
    """
    language = session.scalar(
        select(Person.language).where(Person.id == person, Person.state == _ACTIVE)
    )
    if language is None:
        return ANONYMOUS
    return Actor("person", person, _seats(session, person, now), language)


def _seats(session: Session, person: str, now: datetime) -> tuple[Seat, ...]:
    o, m = Organisation, Membership
    rows = session.execute(
        select(o.id, o.kind, o.state, m.roles)
        .join(o, o.id == m.organisation)
        .where(m.person == person, *holds_at(now), o.state != OrganisationState.SUSPENDED.value)
        .order_by(m.starts_at, m.id)
    )
    return tuple(Seat(id, kind, effective_roles(state, roles)) for id, kind, state, roles in rows)


def holds_at(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Clauses for memberships in force at `now`; agrees with `rules.in_force`."""
    return (
        Membership.starts_at <= now,
        or_(Membership.ends_at.is_(None), Membership.ends_at > now),
    )


@dataclass(frozen=True)
class SignedIn:
    """Who holds a session token, and what the page frame needs to greet them."""

    session: str
    person: str
    name: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime


def find_session(session: Session, token_hash: str, now: datetime) -> SignedIn | None:
    """The session in force that this token opens, or None. One query."""
    s, p = LoginSession, Person
    found = session.execute(
        select(s.id, p.id, p.name, s.created_at, s.last_seen_at, s.expires_at)
        .join(p, p.id == s.person)
        .where(
            s.token_hash == token_hash,
            s.revoked_at.is_(None),
            s.expires_at > now,
            p.state == _ACTIVE,
        )
    ).first()
    return SignedIn(*found) if found else None


def organisation_names(session: Session, ids: Iterable[str], language: str) -> dict[str, str]:
    """Names by id: in `language` where there is one, else in the original. One query."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    n = OrganisationName
    rows = session.execute(
        select(n.organisation, n.language, n.name, n.original).where(n.organisation.in_(wanted))
    )
    best: dict[str, tuple[int, str]] = {}
    for id, spoken, name, original in rows:
        rank = 2 if spoken == language else int(original)
        if id not in best or rank > best[id][0]:
            best[id] = (rank, name)
    return {id: name for id, (_, name) in best.items()}


def people_names(session: Session, ids: Iterable[str], language: str) -> dict[str, str]:
    """Names by id; on English pages the Latin form where the person gave one. One query."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    rows = session.execute(
        select(Person.id, Person.name, Person.latin_name).where(Person.id.in_(wanted))
    )
    return {id: (latin if language != "zh" and latin else name) for id, name, latin in rows}


def people_in(
    session: Session, organisation: str, now: datetime, roles: Iterable[str]
) -> list[str]:
    """Ids of those who now hold one of `roles` in a vetted or waiting organisation."""
    wanted = frozenset(roles)
    rows = session.execute(
        select(Membership.person, Membership.roles, Organisation.state)
        .join(Organisation, Organisation.id == Membership.organisation)
        .where(Membership.organisation == organisation, *holds_at(now))
        .order_by(Membership.starts_at, Membership.id)
    )
    return [who for who, held, state in rows if wanted & effective_roles(state, held)]


def names_in(
    session: Session,
    organisations: Iterable[str],
    now: datetime,
    roles: Iterable[str],
    language: str,
) -> dict[str, str]:
    """As `people_in` for several organisations, with the names of `people_names`. One query."""
    wanted = frozenset(roles)
    rows = session.execute(
        select(Person.id, Person.name, Person.latin_name, Membership.roles, Organisation.state)
        .join(Membership, Membership.person == Person.id)
        .join(Organisation, Organisation.id == Membership.organisation)
        .where(Membership.organisation.in_(sorted(set(organisations))), *holds_at(now))
    )
    return {
        id: latin if language != "zh" and latin else name
        for id, name, latin, held, state in rows
        if wanted & effective_roles(state, held)
    }


def find_person(session: Session, kind: str, value: str) -> str | None:
    """Whose proven contact this is (normalised by `contacts.read_contact`), or None."""
    c = ContactPoint
    return session.scalar(
        select(c.person).where(c.kind == kind, c.value == value, c.verified_at.is_not(None))
    )


def proven_contacts(session: Session, people: Iterable[str]) -> Mapping[str, list[ContactPoint]]:
    """Proven contact points by person, in the order they were proven. One query."""
    c = ContactPoint
    found: dict[str, list[ContactPoint]] = {}
    rows = session.scalars(
        select(c)
        .where(c.person.in_(sorted(set(people))), c.verified_at.is_not(None))
        .order_by(c.verified_at, c.id)
    )
    for row in rows:
        found.setdefault(row.person, []).append(row)
    return found


def is_vetted(session: Session, organisation: str) -> bool:
    """May the organisation speak in public (publish, offer, accept)?"""
    state = session.scalar(select(Organisation.state).where(Organisation.id == organisation))
    return state == OrganisationState.VETTED


def find_organisation(session: Session, country: str, number: str) -> str | None:
    """Id of the vetted (or suspended) organisation with this number, or None."""
    o = Organisation
    return session.scalar(
        select(o.id).where(
            o.country == country,
            o.number == number,
            o.state.in_([OrganisationState.VETTED.value, OrganisationState.SUSPENDED.value]),
        )
    )


def find_organisations_by_name(session: Session, text: str, limit: int = 10) -> list[str]:
    """Ids of vetted organisations whose name in any language contains `text`."""
    n, o = OrganisationName, Organisation
    if not text.strip():
        return []
    rows = session.scalars(
        select(o.id)
        .join(n, n.organisation == o.id)
        .where(
            o.state == OrganisationState.VETTED.value,
            func.lower(n.name).contains(text.strip().lower(), autoescape=True),
        )
        .order_by(o.id)
        .distinct()
        .limit(limit)
    )
    return list(rows)
