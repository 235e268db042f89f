"""A person names another contact of theirs."""

from __future__ import annotations

from sqlalchemy import select

from accounts.challenges import ask_for_proof, check_limits, count_attempt, need_contact
from accounts.errors import ContactTaken, TooManyContacts
from accounts.limits import fingerprint
from accounts.models import ContactPoint, Person
from accounts.permissions import is_person
from accounts.rules import MOST_CONTACTS
from core.ids import new_id
from core.results import Done
from core.unit_of_work import UnitOfWork


def add_contact(uow: UnitOfWork, contact: str, origin: str = "") -> Done:
    """The ref is a challenge; the contact counts once its code came back. Whether somebody else has
    proven it is said only to who shows that they hold it. Raises Invalid, ContactTaken,
    TooManyContacts, TooManyAttempts."""
    uow.check(is_person)
    found = need_contact(contact)
    subject = fingerprint(found.value)
    check_limits(uow, "send", subject, origin)
    at, c = uow.lock(Person, uow.actor.person or ""), ContactPoint
    mine = list(uow.session.scalars(select(c).where(c.person == at.row.id)))
    same = next((p for p in mine if (p.kind, p.value) == (found.kind, found.value)), None)
    if same is not None and same.verified_at is not None:
        raise ContactTaken
    if sum(point.verified_at is not None for point in mine) >= MOST_CONTACTS:
        raise TooManyContacts(most=MOST_CONTACTS)
    point = same.id if same is not None else new_id()
    if same is None:
        at.add(c(id=point, person=at.row.id, kind=found.kind, value=found.value))
    challenge = ask_for_proof(at, point, "add")
    count_attempt(uow, "send", subject, origin)
    at.record("contact_named", contact=point, challenge=challenge)
    return Done(challenge)
