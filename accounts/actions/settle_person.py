"""A sign-up that was never proven lapses, and what was typed goes."""

from __future__ import annotations

from sqlalchemy import select

from accounts.models import Challenge, ContactPoint, Credential, Person
from accounts.rules import UNPROVEN_LIFE
from accounts.states import PersonState
from core.results import Done
from core.unit_of_work import UnitOfWork


def settle_person(uow: UnitOfWork, person: str) -> Done:
    """Called by the timer; settling what is not due writes nothing."""
    at = uow.lock(Person, person)
    due = at.row.created_at + UNPROVEN_LIFE
    if at.row.state == PersonState.UNPROVEN and at.now >= due:
        for table in (Challenge, Credential, ContactPoint):
            for row in uow.session.scalars(select(table).where(table.person == person)):
                at.remove(row)
            uow.session.flush()
        at.row.state, at.row.name, at.row.latin_name = PersonState.LAPSED, "", None
        at.timer("unproven", None)
        at.record("lapsed")
    return Done(person)
