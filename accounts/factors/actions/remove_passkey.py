"""A passkey serves no more: its device was lost, sold or given away."""

from __future__ import annotations

from accounts.factors.passkeys import own_passkey
from accounts.factors.proving import app_of, drop_codes
from accounts.factors.queries import passkeys_of
from accounts.factors.removing import refuse_needed
from accounts.models import Person
from accounts.permissions import is_person
from core.results import Done
from core.unit_of_work import UnitOfWork


def remove_passkey(uow: UnitOfWork, passkey: str) -> Done:
    """With the last factor go the recovery codes. Raises NotFound, and FactorNeeded where a role
    would be left without a second factor."""
    uow.check(is_person)
    at = uow.lock(Person, uow.actor.person or "")
    row = own_passkey(at, passkey)
    if app_of(at) is None and len(passkeys_of(uow.session, at.row.id)) == 1:
        refuse_needed(at)
        drop_codes(at)
    row.removed_at = at.now
    at.record("passkey_removed", passkey=row.id)
    at.fact("person.factors_changed")
    return Done(row.id)
