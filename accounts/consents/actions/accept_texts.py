"""A person says yes to the versions that now hold."""

from __future__ import annotations

from accounts.consents.errors import TextMovedOn
from accounts.consents.models import Consent
from accounts.consents.queries import in_force, unanswered
from accounts.models import Person
from accounts.permissions import is_person
from core.results import Done
from core.times import legal_date
from core.unit_of_work import UnitOfWork


def accept_texts(uow: UnitOfWork, read: list[str]) -> Done:
    """`read`: the ids of the versions that the page showed. All that hold must be among them; what
    was agreed to before stays as it is. Raises Forbidden, TextMovedOn."""
    uow.check(is_person)
    at = uow.lock(Person, uow.actor.person or "")
    holding = in_force(uow.session, legal_date(at.now, uow.ports.zone))
    kinds = {row.id: kind for kind, row in holding.items()}
    new = unanswered(uow.session, at.row.id, {kind: row.id for kind, row in holding.items()})
    if not set(new) <= set(read):
        raise TextMovedOn
    for id in new:
        at.add(Consent(person=at.row.id, kind=kinds[id], text=id, at=at.now))
        at.record("consented", text=id)
    return Done(at.row.id)
