"""What other areas and pages ask of accounts. Every function takes a reading session."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, aliased

from accounts.factors.queries import protected
from accounts.models import (
    ContactPoint,
    LoginSession,
    Membership,
    Organisation,
    OrganisationName,
    Person,
    Sanction,
)
from accounts.rules import ADMIN_OF_KIND, IDLE_LIFE, effective_roles
from accounts.sanctions import Measure, SanctionState, bars_of
from accounts.states import OrganisationState, PersonState
from core.actor import ANONYMOUS, Actor, Seat
from core.stops import kept_in

_ACTIVE = PersonState.ACTIVE.value


def load_actor(session: Session, person: str, now: datetime) -> Actor:
    """The actor with the seats in force at `now`; ANONYMOUS for nobody or an inactive person.

    Three queries. Called for every request and every batch of a job, so that an ended membership
    ends at once.
    """
    language = session.scalar(
        select(Person.language).where(Person.id == person, Person.state == _ACTIVE)
    )
    return ANONYMOUS if language is None else _actor(session, person, language, now)


def _actor(session: Session, person: str, language: str, now: datetime) -> Actor:
    imposed = _imposed(session, person, now)
    mine = imposed.get(None, frozenset())
    seats = () if Measure.SUSPENDED in mine else _seats(session, person, now, imposed)
    return Actor("person", person, seats, language, bars_of(mine))


def _seats(
    session: Session, person: str, now: datetime, imposed: Mapping[str | None, frozenset[str]]
) -> tuple[Seat, ...]:
    house, o, m = aliased(Organisation), Organisation, Membership
    rows = session.execute(
        select(o.id, o.kind, house.id, house.state, m.roles)
        .join(house, house.id == m.organisation)
        .join(o, or_(o.id == house.id, o.merged_into == house.id))
        .where(m.person == person, *holds_at(now), house.state != OrganisationState.SUSPENDED.value)
        .order_by(m.starts_at, m.id, o.merged_into.is_not(None), o.id)
    )
    return tuple(
        Seat(
            id, kind, effective_roles(state, roles), bars_of(imposed.get(sits, frozenset())),
            house=sits if id != sits else "",
        )
        for id, kind, sits, state, roles in rows
        if Measure.SUSPENDED not in imposed.get(sits, frozenset())
    )  # fmt: skip


def house_of(organisation: str) -> Any:
    """The organisation itself, or the one into which it was merged: for use within a query."""
    o = Organisation
    found = select(func.coalesce(o.merged_into, o.id)).where(o.id == organisation)
    return found.scalar_subquery()


def house_state(organisation: Any) -> Any:
    """The state of the organisation that this one is by now: for use within a query."""
    old, now = aliased(Organisation), aliased(Organisation)
    found = (
        select(now.state)
        .join(old, now.id == func.coalesce(old.merged_into, old.id))
        .where(old.id == organisation)
    )
    return found.scalar_subquery()


def one_house(organisation: Any) -> Any:
    """Ids of all that are one organisation by now, an id or a column given: for use within a
    query."""
    o, same = Organisation, aliased(Organisation)
    found = select(func.coalesce(same.merged_into, same.id)).where(same.id == organisation)
    return select(o.id).where(func.coalesce(o.merged_into, o.id) == found.scalar_subquery())


def houses(session: Session, organisations: Iterable[str]) -> dict[str, str]:
    """Each that was merged -> the organisation that it is by now; others are left out. One
    query."""
    o = Organisation
    moved = o.id.in_(sorted(set(organisations))), o.merged_into.is_not(None)
    rows = session.execute(select(o.id, o.merged_into).where(*moved))
    return {id: house for id, house in rows if house}


def merged_houses(session: Session, organisation: str) -> list[str]:
    """The organisation and those that were merged into it. One query."""
    o = Organisation
    return [organisation, *session.scalars(
        select(o.id).where(o.merged_into == organisation).order_by(o.id)
    )]  # fmt: skip


def _imposed(session: Session, person: str, now: datetime) -> dict[str | None, frozenset[str]]:
    """Measures in force: of the person under None, of their organisations under their ids."""
    houses = select(Membership.organisation).where(Membership.person == person, *holds_at(now))
    rows = session.execute(
        select(Sanction.organisation, Sanction.measure).where(
            Sanction.state == SanctionState.IN_FORCE.value,
            Sanction.until > now,
            or_(Sanction.person == person, Sanction.organisation.in_(houses)),
        )
    )
    found: dict[str | None, frozenset[str]] = {}
    for organisation, measure in rows:
        found[organisation] = found.get(organisation, frozenset()) | {measure}
    return found


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
    proven_at: datetime
    """When the holder last showed who they are: signing in, or again since."""
    protected: bool
    """A second factor is set up."""
    proven_factor: str = ""
    """By which second factor they showed it; empty for a password."""
    language: str = ""


def find_session(session: Session, token_hash: str, now: datetime) -> SignedIn | None:
    """The session in force that this token opens, or None: it has its longest life, and a shorter
    one while nobody uses it. One query."""
    s, p = LoginSession, Person
    proven_at = func.coalesce(s.proven_at, s.created_at, type_=s.created_at.type)
    found = session.execute(
        select(s.id, p.id, p.name, s.created_at, s.last_seen_at, s.expires_at, proven_at)
        .add_columns(protected(p.id), s.proven_factor, p.language)
        .join(p, p.id == s.person)
        .where(
            s.token_hash == token_hash,
            s.revoked_at.is_(None),
            s.expires_at > now,
            s.last_seen_at > now - IDLE_LIFE,
            kept_in(s.created_at),
            p.state == _ACTIVE,
        )
    ).first()
    return SignedIn(*found) if found else None


def actor_of(session: Session, signed: SignedIn, now: datetime) -> Actor:
    """As `load_actor`, for whoever was found signed in at the same `now`. Two queries: this is
    asked for every page."""
    return _actor(session, signed.person, signed.language, now)


def organisation_names(session: Session, ids: Iterable[str], language: str) -> dict[str, str]:
    """Names by id: in `language` where there is one, else in the original. One query."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    o, n = Organisation, OrganisationName
    rows = session.execute(
        select(o.id, n.language, n.name, n.original)
        .join(n, n.organisation == func.coalesce(o.merged_into, o.id))
        .where(o.id.in_(wanted))
    )
    best: dict[str, tuple[int, str]] = {}
    for id, spoken, name, original in rows:
        rank = 2 if spoken == language else int(original)
        if id not in best or rank > best[id][0]:
            best[id] = (rank, name)
    return {id: name for id, (_, name) in best.items()}


def seat_names(session: Session, person: str) -> tuple[str, ...]:
    """Every name of the organisations where the person sits or sat. One query."""
    n, m = OrganisationName, Membership
    rows = select(n.name).join(m, m.organisation == n.organisation).where(m.person == person)
    return tuple(session.scalars(rows))


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
        .where(Membership.organisation == house_of(organisation), *holds_at(now))
        .order_by(Membership.starts_at, Membership.id)
    )
    return [who for who, held, state in rows if wanted & effective_roles(state, held)]


def answerable(session: Session, organisation: str, now: datetime) -> list[str]:
    """Ids of those who administer an organisation, also while it is suspended, and of who
    registered it: they are told what is decided about it, and may appeal."""
    row = session.get(Organisation, organisation)
    if row is None:
        return []
    held = session.execute(
        select(Membership.person, Membership.roles)
        .where(Membership.organisation == house_of(organisation), *holds_at(now))
        .order_by(Membership.starts_at, Membership.id)
    )
    role = ADMIN_OF_KIND[row.kind]
    admins = [person for person, roles in held if role in roles]
    return list(dict.fromkeys([*admins, *([row.registered_by] if row.registered_by else [])]))


def names_in(
    session: Session,
    organisations: Iterable[str],
    now: datetime,
    roles: Iterable[str],
    language: str,
) -> dict[str, str]:
    """As `people_in` for several organisations, with the names of `people_names`. One query."""
    wanted, o = frozenset(roles), Organisation
    houses = select(func.coalesce(o.merged_into, o.id)).where(o.id.in_(sorted(set(organisations))))
    rows = session.execute(
        select(Person.id, Person.name, Person.latin_name, Membership.roles, Organisation.state)
        .join(Membership, Membership.person == Person.id)
        .join(Organisation, Organisation.id == Membership.organisation)
        .where(Membership.organisation.in_(houses), *holds_at(now))
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
    state = session.scalar(
        select(Organisation.state).where(Organisation.id == house_of(organisation))
    )
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
