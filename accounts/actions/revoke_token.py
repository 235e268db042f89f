"""A person ends one of their access tokens."""

from __future__ import annotations

from sqlalchemy import select

from accounts.models import AccessToken, Person
from accounts.permissions import is_person
from core.errors import NotFound
from core.results import Done
from core.unit_of_work import UnitOfWork


def revoke_token(uow: UnitOfWork, token: str) -> Done:
    """Ends it at once; ending it again changes nothing. Raises NotFound for another's token."""
    uow.check(is_person)
    people = uow.find(AccessToken.person, AccessToken.id == token)
    if people != [uow.actor.person]:
        raise NotFound
    at = uow.lock(Person, people[0])
    row = uow.session.scalars(select(AccessToken).where(AccessToken.id == token)).one()
    if row.revoked_at is None:
        row.revoked_at = at.now
        at.record("token_revoked", token=token)
    return Done(token)
