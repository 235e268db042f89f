"""A person removes the link to what a provider calls them."""

from __future__ import annotations

from sqlalchemy import select

from accounts.models import Person
from accounts.permissions import is_person
from accounts.sign_on.linking import in_force
from accounts.sign_on.models import LinkedIdentity
from core.errors import NotFound
from core.results import Done
from core.unit_of_work import UnitOfWork


def unlink_identity(uow: UnitOfWork, identity: str) -> Done:
    """It opens the account no more. Raises NotFound."""
    uow.check(is_person)
    at, i = uow.lock(Person, uow.actor.person or ""), LinkedIdentity
    mine = select(i).where(i.id == identity, i.person == at.row.id, *in_force())
    row = uow.session.scalars(mine).one_or_none()
    if row is None:
        raise NotFound
    row.removed_at = at.now
    at.record("identity_unlinked", identity=identity)
    at.fact("person.identity_unlinked")
    return Done(identity)
