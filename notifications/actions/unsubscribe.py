"""Whoever holds a letter's link stops the mail of its group; signing in is not needed."""

from __future__ import annotations

from accounts.models import Person
from core.errors import NotFound
from core.results import Done
from core.unit_of_work import UnitOfWork
from notifications.choosing import choose
from notifications.unsubscribing import read_unsubscribe


def unsubscribe(uow: UnitOfWork, token: str) -> Done:
    """Messages in the market go on. Any number of times. Raises NotFound."""
    found = read_unsubscribe(uow.ports.secret, token)
    if found is None:
        raise NotFound
    person, group = found
    at = uow.lock(Person, person)
    choose(at, group, "never")
    at.record("mail_unsubscribed", group=group)
    return Done(group)
