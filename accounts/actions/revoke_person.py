"""An operator signs somebody out everywhere: a stolen device, a leaked token."""

from __future__ import annotations

from accounts.models import Person
from accounts.permissions import may_operate
from accounts.revoking import end_access
from core.results import Done
from core.unit_of_work import UnitOfWork


def revoke_person(uow: UnitOfWork, person: str) -> Done:
    """Every session and token ends at once; the person is told. Raises NotFound."""
    uow.check(may_operate)
    at = uow.lock(Person, person)
    end_access(at)
    return Done(person)
