"""A person calls one of their passkeys otherwise."""

from __future__ import annotations

from accounts.factors.actions.add_passkey import good_name
from accounts.factors.passkeys import own_passkey
from accounts.models import Person
from accounts.permissions import is_person
from core.results import Done
from core.unit_of_work import UnitOfWork


def name_passkey(uow: UnitOfWork, passkey: str, name: str) -> Done:
    """Raises Invalid, NotFound."""
    uow.check(is_person)
    uow.check(good_name, name)
    at = uow.lock(Person, uow.actor.person or "")
    row = own_passkey(at, passkey)
    row.name = name.strip()
    at.record("passkey_named", passkey=row.id)
    return Done(row.id)
