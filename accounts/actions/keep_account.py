"""A person takes back that they want to be forgotten."""

from __future__ import annotations

from accounts.models import Person
from accounts.permissions import is_person
from core.results import Done
from core.unit_of_work import UnitOfWork


def keep_account(uow: UnitOfWork) -> Done:
    """Taking back what was not asked changes nothing. Raises Forbidden."""
    uow.check(is_person)
    at = uow.lock(Person, uow.actor.person or "")
    if at.row.erase_after is not None:
        at.row.erase_after = None
        at.timer("erasure", None)
        at.record("erasure_taken_back")
    return Done(at.row.id)
