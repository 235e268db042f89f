"""A person hears in the market that their address refuses our letters."""

from __future__ import annotations

from accounts.models import ContactPoint, Person
from core.errors import Forbidden
from core.results import Done
from core.unit_of_work import UnitOfWork


def tell_refusal(uow: UnitOfWork, address: str) -> Done:
    """Whose the address is by proof; nothing for a stranger's. Raises Forbidden."""
    if uow.actor.kind != "system":
        raise Forbidden(do="tell_refusal")
    proven = (ContactPoint.value == address, ContactPoint.verified_at.is_not(None))
    found = uow.find(ContactPoint.person, ContactPoint.kind == "mail", *proven)
    if not found:
        return Done("")
    at = uow.lock(Person, found[0])
    at.record("address_rests")
    at.fact("person.address_rests")
    return Done(at.row.id)
