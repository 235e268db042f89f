"""What the pages of an account and of an organisation's members show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.codes import Codes
from accounts.contacts import Contact
from accounts.errors import InvitationOver
from accounts.handing_over import Duty, duties_of
from accounts.models import (
    Invitation,
    JoinRequest,
    LoginSession,
    Membership,
    Organisation,
    OrganisationName,
    Person,
)
from accounts.queries import holds_at, organisation_names, people_names, proven_contacts
from accounts.rules import IDLE_LIFE, effective_roles
from core.actor import Actor
from core.errors import NotFound
from core.holdings import Holdings
from core.versions import version_of


@dataclass(frozen=True)
class SeatLine:
    """One membership in force; `works` are the roles that count now."""

    id: str
    organisation: str
    organisation_name: str
    kind: str
    state: str
    person: str
    person_name: str
    roles: list[str]
    works: frozenset[str]
    title: str | None
    starts_at: datetime

    @property
    def written(self) -> int:
        """The version of what an administrator decides."""
        return version_of(sorted(self.roles), self.title)


@dataclass(frozen=True)
class OwnAccount:
    name: str
    latin_name: str | None
    language: str
    contacts: list[Contact]
    seats: list[SeatLine]
    registered: list[Organisation]
    sessions: list[LoginSession]


def own_account(session: Session, actor: Actor, now: datetime) -> OwnAccount:
    """Everything about the actor's own account, in a constant number of queries."""
    person = session.get(Person, actor.person)
    if person is None:
        raise NotFound
    open_ones = session.scalars(
        select(LoginSession)
        .where(
            LoginSession.person == person.id,
            LoginSession.revoked_at.is_(None),
            LoginSession.expires_at > now,
            LoginSession.last_seen_at > now - IDLE_LIFE,
        )
        .order_by(LoginSession.last_seen_at.desc())
    )
    points = proven_contacts(session, [person.id]).get(person.id, [])
    registered = session.scalars(
        select(Organisation).where(
            Organisation.registered_by == person.id, Organisation.state.in_(["applied", "refused"])
        )
    )
    return OwnAccount(
        person.name,
        person.latin_name,
        person.language,
        [Contact(point.kind, point.value) for point in points],
        _seats(session, now, Membership.person == person.id, actor.language),
        list(registered),
        list(open_ones),
    )


def _seats(session: Session, now: datetime, where: object, language: str) -> list[SeatLine]:
    m, o = Membership, Organisation
    rows = session.execute(
        select(m, o.kind, o.state)
        .join(o, o.id == m.organisation)
        .where(where, *holds_at(now))  # type: ignore[arg-type]
        .order_by(m.starts_at, m.id)
    ).all()
    places = organisation_names(session, [seat.organisation for seat, _, _ in rows], language)
    people = people_names(session, [seat.person for seat, _, _ in rows], language)
    return [
        SeatLine(
            seat.id,
            seat.organisation,
            places.get(seat.organisation, ""),
            kind,
            state,
            seat.person,
            people.get(seat.person, ""),
            list(seat.roles),
            effective_roles(state, seat.roles),
            seat.title,
            seat.starts_at,
        )
        for seat, kind, state in rows
    ]


@dataclass(frozen=True)
class RequestLine:
    id: str
    name: str
    note: str
    asked_at: datetime


@dataclass(frozen=True)
class InvitationLine:
    id: str
    contact: Contact
    roles: list[str]
    expires_at: datetime


@dataclass(frozen=True)
class MembersPage:
    organisation: Organisation
    name: str
    seats: list[SeatLine]
    requests: list[RequestLine]
    invitations: list[InvitationLine]


def members_page(session: Session, id: str, now: datetime, language: str) -> MembersPage:
    """An organisation with its members, open requests and open invitations; constant queries.

    Who may see it is the caller's question to `permissions`. Raises NotFound.
    """
    row = session.get(Organisation, id)
    if row is None:
        raise NotFound
    asked = session.scalars(
        select(JoinRequest)
        .where(JoinRequest.organisation == id, JoinRequest.state == "open")
        .order_by(JoinRequest.asked_at)
    ).all()
    names = people_names(session, [request.person for request in asked], language)
    invited = session.scalars(
        select(Invitation)
        .where(
            Invitation.organisation == id,
            Invitation.accepted_at.is_(None),
            Invitation.withdrawn_at.is_(None),
            Invitation.expires_at > now,
        )
        .order_by(Invitation.made_at)
    )
    return MembersPage(
        row,
        organisation_names(session, [id], language).get(id, ""),
        _seats(session, now, Membership.organisation == id, language),
        [RequestLine(one.id, names.get(one.person, ""), one.note, one.asked_at) for one in asked],
        [
            InvitationLine(one.id, Contact(one.kind, one.value), list(one.roles), one.expires_at)
            for one in invited
        ],
    )


def is_request_to(session: Session, organisation: str, request: str) -> bool:
    """Whether somebody asked this organisation with it, be it answered or not."""
    row = session.get(JoinRequest, request)
    return row is not None and row.organisation == organisation


@dataclass(frozen=True)
class LeavePage:
    """What ends with a membership, and who could take over; `seat` is the one that ends."""

    seat: SeatLine
    ends_at: datetime | None
    colleagues: dict[str, str]
    default: str | None
    duties: list[Duty]
    total: int


DUTIES_SHOWN: Final = 50
"""So many duties can be given to a colleague one by one; the others go to one colleague."""


def leave_page(
    session: Session, holdings: Holdings, membership: str, now: datetime, language: str
) -> LeavePage:
    """Who may see it is the caller's question to `permissions`. Raises NotFound."""
    row = session.get(Membership, membership)
    seats = (
        _seats(session, now, Membership.organisation == row.organisation, language) if row else []
    )
    seat = next((one for one in seats if one.id == membership), None)
    if row is None or seat is None:
        raise NotFound
    house = session.get(Organisation, row.organisation)
    colleagues = {one.person: one.person_name for one in seats if one.id != membership}
    chosen = row.heir or (house.heir if house else None)
    duties, total = duties_of(session, holdings, row.person, row.organisation, DUTIES_SHOWN)
    heir = chosen if chosen in colleagues else None
    return LeavePage(seat, row.ends_at, colleagues, heir, duties, total)


def own_registration(session: Session, actor: Actor, id: str) -> dict[str, str | None]:
    """What the actor registered, by the names of the form's fields. Raises NotFound."""
    row = _registered_by(session, actor, id)
    names = session.execute(
        select(OrganisationName.language, OrganisationName.name).where(
            OrganisationName.organisation == id
        )
    )
    fields = ("kind", "country", "number", "register", "region", "website")
    contact = ("contact_name", "contact_mail", "contact_phone")
    written = {f"name_{language}": name for language, name in names}
    return written | {field: getattr(row, field) for field in (*fields, *contact)}


def registration_standing(session: Session, actor: Actor, id: str) -> tuple[str, str | None]:
    """The state of what the actor registered, and why it was refused. Raises NotFound."""
    row = _registered_by(session, actor, id)
    return row.state, row.reason


def _registered_by(session: Session, actor: Actor, id: str) -> Organisation:
    row = session.get(Organisation, id)
    if row is None or actor.person is None or row.registered_by != actor.person:
        raise NotFound
    return row


def registration_version(written: Mapping[str, str | None]) -> int:
    """Of what `own_registration` answers: another one wherever somebody wrote something else."""
    return version_of(written)


def profile_version(said: OwnAccount | Person) -> int:
    """Of what a person says of themselves."""
    return version_of(said.name, said.latin_name, said.language)


@dataclass(frozen=True)
class InvitationPage:
    organisation_name: str
    roles: list[str]


def invitation_of(session: Session, secret: bytes, token: str, language: str) -> InvitationPage:
    """What an invitation's link offers. Raises InvitationOver for a token that is none of ours."""
    id = Codes(secret).read_token("invitation", token)
    row = session.get(Invitation, id) if id else None
    if row is None:
        raise InvitationOver
    names = organisation_names(session, [row.organisation], language)
    return InvitationPage(names.get(row.organisation, ""), list(row.roles))
