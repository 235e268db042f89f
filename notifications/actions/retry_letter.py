"""An operator has a letter that was given up sent once more."""

from __future__ import annotations

from accounts.models import Person
from accounts.permissions import may_operate
from core.errors import NotFound
from core.results import Done
from core.unit_of_work import UnitOfWork
from notifications.models import Dispatch


def retry_letter(uow: UnitOfWork, number: int) -> Done:
    """Failing, it is given up again. Raises NotFound for what was not given up."""
    uow.check(may_operate)
    if uow.actor.person is None:
        raise NotFound
    at = uow.lock(Person, uow.actor.person)
    row = uow.session.get(Dispatch, number)
    if row is None or row.state != "failed":
        raise NotFound
    # `attempts` stays: it is the fencing token, and past the limit one more failure is the last.
    row.state, row.not_before, row.lease_until = "ready", at.now, None
    at.record("letter_retried", letter=number, topic=row.topic)
    return Done(str(number))
