"""Everywhere else is signed out at once."""

from __future__ import annotations

from accounts.models import Person
from accounts.permissions import is_person
from accounts.sessions import revoke_all
from core.results import Done
from core.unit_of_work import UnitOfWork


def revoke_sessions(uow: UnitOfWork, keep: str | None = None) -> Done:
    """Ends every session of the actor but `keep`. The ref says how many."""
    uow.check(is_person)
    at = uow.lock(Person, uow.actor.person or "")
    return Done(str(revoke_all(at, keep)))
