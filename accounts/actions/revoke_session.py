"""A person ends one of their sessions, here or on another device. Signing out is this too."""

from __future__ import annotations

from sqlalchemy import select

from accounts.models import LoginSession, Person
from accounts.permissions import is_person
from core.errors import NotFound
from core.results import Done
from core.unit_of_work import UnitOfWork


def revoke_session(uow: UnitOfWork, session: str) -> Done:
    """Ends it at once; ending it again changes nothing. Raises NotFound for another's session."""
    uow.check(is_person)
    people = uow.find(LoginSession.person, LoginSession.id == session)
    if people != [uow.actor.person]:
        raise NotFound
    at = uow.lock(Person, people[0])
    row = uow.session.scalars(select(LoginSession).where(LoginSession.id == session)).one()
    if row.revoked_at is None:
        row.revoked_at = at.now
        at.record("session_revoked", session=session)
    return Done(session)
