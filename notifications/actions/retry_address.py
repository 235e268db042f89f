"""A person says that their address takes letters again: it is tried with one."""

from __future__ import annotations

from accounts.models import Person
from accounts.permissions import is_person
from accounts.queries import proven_contacts
from core.results import Done
from core.unit_of_work import UnitOfWork
from notifications.bouncing import try_again
from notifications.models import RefusedAddress


def retry_address(uow: UnitOfWork) -> Done:
    """The next refusal is the last one. The ref says how many addresses. Raises Forbidden."""
    uow.check(is_person)
    at = uow.lock(Person, uow.actor.person or "")
    points = proven_contacts(uow.session, [at.row.id]).get(at.row.id, [])
    rows = [uow.session.get(RefusedAddress, point.value) for point in points]
    tried = [row for row in rows if row is not None and row.bounces_since is not None]
    for row in tried:
        try_again(row)
    if tried:
        at.record("address_tried", count=len(tried))
        at.fact("person.address_tried")
    return Done(str(len(tried)))
