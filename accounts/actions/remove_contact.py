"""A person takes a contact of theirs away."""

from __future__ import annotations

from sqlalchemy import select

from accounts.errors import LastContact
from accounts.models import ContactPoint, Person
from accounts.permissions import is_person
from core.errors import NotFound
from core.results import Done
from core.unit_of_work import UnitOfWork


def remove_contact(uow: UnitOfWork, contact: str) -> Done:
    """It proves nothing any more; the others are told. Raises LastContact, NotFound."""
    uow.check(is_person)
    at, c = uow.lock(Person, uow.actor.person or ""), ContactPoint
    proven = select(c).where(c.person == at.row.id, c.verified_at.is_not(None))
    rows = {row.id: row for row in uow.session.scalars(proven)}
    if contact not in rows:
        raise NotFound
    if len(rows) == 1:
        raise LastContact
    rows[contact].verified_at = None
    at.record("contact_removed", contact=contact)
    at.fact("person.contacts_changed")
    return Done(contact)
