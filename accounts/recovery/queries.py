"""What the pages of recovery show. Every function takes a reading session."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.codes import Codes
from accounts.contacts import Contact
from accounts.models import Person
from accounts.queries import people_names, proven_contacts, seat_names
from accounts.recovery.models import Recovery
from accounts.recovery.states import OPEN
from core.actor import Actor
from core.errors import NotFound


@dataclass(frozen=True)
class RecoveryLine:
    """What an operator needs in order to be sure."""

    row: Recovery
    name: str
    contacts: list[Contact]
    seats: tuple[str, ...]
    vouched_by: str


def open_recoveries(session: Session, language: str) -> list[RecoveryLine]:
    """The oldest first."""
    asked = (
        select(Recovery).where(Recovery.state.in_(OPEN)).order_by(Recovery.asked_at, Recovery.id)
    )
    rows = list(session.scalars(asked))
    people = [row.person for row in rows]
    names = people_names(session, [*people, *(row.vouched_by or "" for row in rows)], language)
    contacts = proven_contacts(session, people) if people else {}
    return [
        RecoveryLine(
            row,
            names.get(row.person, ""),
            [Contact(point.kind, point.value) for point in contacts.get(row.person, [])],
            seat_names(session, row.person),
            names.get(row.vouched_by or "", ""),
        )
        for row in rows
    ]


def own_recovery(session: Session, actor: Actor) -> Recovery | None:
    """The one that runs for the actor."""
    where = Recovery.person == actor.person, Recovery.state.in_(OPEN)
    return session.scalars(select(Recovery).where(*where)).one_or_none()


def recovery_of(session: Session, secret: bytes, token: str) -> tuple[Recovery, str]:
    """That of a letter's link, and the person's name. Raises NotFound."""
    id = Codes(secret).read_token("recovery", token)
    row = session.get(Recovery, id) if id else None
    if row is None:
        raise NotFound
    return row, session.get_one(Person, row.person).name
