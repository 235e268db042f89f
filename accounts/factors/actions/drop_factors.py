"""A person goes back to signing in with a password alone."""

from __future__ import annotations

from accounts.factors.removing import refuse_needed, remove_factors
from accounts.models import Person
from accounts.permissions import is_person
from core.results import Done
from core.unit_of_work import UnitOfWork


def drop_factors(uow: UnitOfWork) -> Done:
    """App, passkeys and recovery codes serve no more. Raises FactorNeeded for roles that must have
    a second factor."""
    uow.check(is_person)
    at = uow.lock(Person, uow.actor.person or "")
    refuse_needed(at)
    remove_factors(at)
    at.record("factors_dropped")
    at.fact("person.factors_changed")
    return Done(at.row.id)
