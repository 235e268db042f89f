"""A token was used; now and then this is noted, so that its owner sees which ones still are."""

from __future__ import annotations

from sqlalchemy import select

from accounts.models import AccessToken, Person
from accounts.rules import SEEN_EVERY
from core.results import Done
from core.unit_of_work import UnitOfWork


def touch_token(uow: UnitOfWork, token: str) -> Done:
    """Moves `last_used_at`, at most every five minutes; recorded, as a key acts unattended."""
    for person in uow.find(AccessToken.person, AccessToken.id == token):
        at = uow.lock(Person, person)
        row = uow.session.scalars(select(AccessToken).where(AccessToken.id == token)).one()
        if row.last_used_at is None or at.now - row.last_used_at >= SEEN_EVERY:
            row.last_used_at = at.now
            at.record("token_used", token=token)
    return Done(token)
