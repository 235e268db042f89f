"""What the actions on a sanction share: its timer, whom it concerns, and who may not decide it."""

from __future__ import annotations

from typing import Final

from sqlalchemy.orm import Session

from accounts.errors import SecondPersonNeeded
from accounts.models import Organisation, Person, Sanction
from accounts.permissions import check_uninvolved
from accounts.states import OrganisationKind
from core.actor import Actor
from core.errors import NotFound
from core.ids import ref, split_ref

TERM: Final = "term"
"""The timer at whose end a sanction ends."""


def subject_of(row: Sanction) -> str:
    """Whom it concerns, as a stream's name."""
    if row.person is not None:
        return ref("person", row.person)
    return ref("organisation", row.organisation or "")


def check_subject(session: Session, actor: Actor, about: str) -> None:
    """For `uow.check`: nobody decides about themselves, their own house or the market's operator.
    Raises NotFound, SecondPersonNeeded."""
    kind, id = split_ref(about)
    if kind == "person" and session.get(Person, id) is not None:
        if actor.person == id:
            raise SecondPersonNeeded
        return
    row = session.get(Organisation, id) if kind == "organisation" else None
    if row is None or row.kind == OrganisationKind.OPERATOR:
        raise NotFound
    check_uninvolved(session, actor, id)


def check_sanction(session: Session, actor: Actor, sanction: str) -> None:
    """For `uow.check`: as `check_subject` of whom the sanction concerns."""
    row = session.get(Sanction, sanction)
    if row is None:
        raise NotFound
    check_subject(session, actor, subject_of(row))
