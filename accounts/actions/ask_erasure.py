"""A person wants to be forgotten."""

from __future__ import annotations

from datetime import timedelta

from accounts.erasing import obstacles
from accounts.errors import ErasureWaits
from accounts.models import Person
from accounts.permissions import is_person
from core.holdings import Holdings
from core.results import Done
from core.times import legal_date
from core.unit_of_work import UnitOfWork


def ask_erasure(uow: UnitOfWork) -> Done:
    """Begins the days in which it can be taken back. Asked again, it changes nothing. Raises
    ErasureWaits while duties run, Forbidden."""
    uow.check(is_person)
    at = uow.lock(Person, uow.actor.person or "")
    if at.row.erase_after is not None:
        return Done(at.row.id)
    ports = uow.ports
    if obstacles(uow.session, ports.holdings or Holdings(), at.row.id, at.now):
        raise ErasureWaits
    law = uow.law(ports.jurisdiction, legal_date(at.now, ports.zone))
    at.row.erase_after = at.now + timedelta(days=law.integer("privacy.erasure_cooling_days"))
    at.timer("erasure", at.row.erase_after)
    at.record("erasure_asked")
    at.fact("person.erasure_asked")
    return Done(at.row.id)
