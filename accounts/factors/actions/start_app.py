"""A person wants to set up an authenticator app."""

from __future__ import annotations

from sqlalchemy import select

from accounts.factors.models import Authenticator
from accounts.models import Person
from accounts.permissions import is_person
from core.ids import new_id
from core.results import Done
from core.unit_of_work import UnitOfWork


def start_app(uow: UnitOfWork) -> Done:
    """The ref is an authenticator that waits for its first code; one begun before is dropped.

    An app in force stays so until the new one has shown a code.
    """
    uow.check(is_person)
    at = uow.lock(Person, uow.actor.person or "")
    a = Authenticator
    waiting = a.person == at.row.id, a.proven_at.is_(None), a.removed_at.is_(None)
    for old in uow.session.scalars(select(a).where(*waiting)):
        old.removed_at = at.now
    row = Authenticator(id=new_id(), person=at.row.id, made_at=at.now)
    at.add(row)
    at.record("app_offered", authenticator=row.id)
    return Done(row.id)
