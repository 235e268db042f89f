"""A person wants new recovery codes."""

from __future__ import annotations

from accounts.factors.errors import FactorFirst
from accounts.factors.proving import new_codes
from accounts.factors.queries import has_factor
from accounts.models import Person
from accounts.permissions import is_person
from accounts.results import CodesMade
from core.unit_of_work import UnitOfWork


def renew_recovery_codes(uow: UnitOfWork) -> CodesMade:
    """Those of before serve no more. Raises FactorFirst where there is no second factor."""
    uow.check(is_person)
    at = uow.lock(Person, uow.actor.person or "")
    if not has_factor(uow.session, at.row.id):
        raise FactorFirst
    made = new_codes(at)
    at.record("recovery_codes_renewed", count=len(made))
    at.fact("person.factors_changed")
    return CodesMade(made)
