"""Who operates the market at the moment."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Membership, Organisation
from accounts.queries import holds_at, people_names
from accounts.states import OrganisationKind, Role


def operators(session: Session, now: datetime) -> list[str]:
    """Ids of the people with the role, the longest there first. One query."""
    rows = session.execute(
        select(Membership.person, Membership.roles)
        .join(Organisation, Organisation.id == Membership.organisation)
        .where(Organisation.kind == OrganisationKind.OPERATOR, *holds_at(now))
        .order_by(Membership.starts_at, Membership.id)
    )
    return [person for person, roles in rows if Role.OPERATOR in roles]


def operator_names(session: Session, now: datetime, language: str) -> dict[str, str]:
    """Their names by id, in the same order."""
    ids = operators(session, now)
    names = people_names(session, ids, language)
    return {id: names.get(id, "") for id in ids}
