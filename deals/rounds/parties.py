"""The parties of a round: who may be one, and whose names a deal needs."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Person
from accounts.queries import organisation_names
from deals.models import Posting
from deals.opening import Party
from deals.posting import ineligible
from deals.rounds import deposits
from deals.rounds.models import Registration, Round
from deals.rounds.states import RegistrationState


def obstacle_of(session: Session, row: Round, organisation: str) -> str:
    """Why the organisation cannot be a party now: a code of `deals.errors.STOPS`, or ""."""
    return ineligible(session, session.get_one(Posting, row.posting), organisation)


def qualified(session: Session, row: Round) -> list[Registration]:
    """Active registrations whose organisations still meet the conditions and whose deposits are
    held, oldest first."""
    active = select(Registration).where(
        Registration.round == row.id, Registration.state == RegistrationState.ACTIVE
    )
    rows = session.scalars(active.order_by(Registration.at, Registration.id))
    return [
        one
        for one in rows
        if not obstacle_of(session, row, one.organisation)
        and deposits.stands(session, row, one.organisation)
    ]


def unpaid(session: Session, row: Round) -> bool:
    """Whether the deposit of a party that the office qualified has not arrived in full."""
    active = select(Registration.organisation).where(
        Registration.round == row.id, Registration.state == RegistrationState.ACTIVE
    )
    return any(not deposits.stands(session, row, one) for one in session.scalars(active))


def waiting(session: Session, row: Round) -> list[Registration]:
    """Registrations that the office has not decided about, oldest first."""
    applied = select(Registration).where(
        Registration.round == row.id, Registration.state == RegistrationState.APPLIED
    )
    return list(session.scalars(applied.order_by(Registration.at, Registration.id)))


def party_of(session: Session, row: Registration, language: str) -> Party:
    """The buyer of a deal that the round opens."""
    person = session.get(Person, row.person) if row.person else None
    firm = organisation_names(session, [row.organisation], language)
    name = person.name if person is not None else ""
    return Party(row.person, row.organisation, name, firm.get(row.organisation, ""))
