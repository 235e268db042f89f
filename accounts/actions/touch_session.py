"""A session was used; now and then this is noted, so that its owner can recognise it."""

from __future__ import annotations

from sqlalchemy import select

from accounts.models import LoginSession, Person
from accounts.rules import SEEN_EVERY
from core.results import Done
from core.unit_of_work import UnitOfWork


def touch_session(uow: UnitOfWork, session: str) -> Done:
    """Moves `last_seen_at`, at most every five minutes. No entry: it is no event."""
    for person in uow.find(LoginSession.person, LoginSession.id == session):
        at = uow.lock(Person, person)
        row = uow.session.scalars(select(LoginSession).where(LoginSession.id == session)).one()
        if at.now - row.last_seen_at >= SEEN_EVERY:
            row.last_seen_at = at.now
    return Done(session)
