"""A person has seen their messages."""

from __future__ import annotations

from sqlalchemy import select

from accounts.models import Person
from accounts.permissions import is_person
from core.results import Done
from core.unit_of_work import UnitOfWork
from notifications.models import Message


def mark_read(uow: UnitOfWork, upto: int) -> Done:
    """Everything up to number `upto` is read; what came later stays new. Raises Forbidden."""
    uow.check(is_person)
    at = uow.lock(Person, uow.actor.person or "")
    rows = uow.session.scalars(
        select(Message).where(
            Message.person == at.row.id, Message.read_at.is_(None), Message.n <= upto
        )
    )
    for row in rows:
        row.read_at = at.now
    return Done(at.row.id)
