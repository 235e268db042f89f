"""An operator has a fact that was given up told once more."""

from __future__ import annotations

from accounts.models import Person
from accounts.permissions import may_operate
from core.errors import NotFound
from core.models import Outbox
from core.results import Done
from core.unit_of_work import UnitOfWork


def retry_fact(uow: UnitOfWork, number: int) -> Done:
    """`number` is the id of a row of the outbox. It is tried once; failing, it is given up again.

    Recorded in the chain of the operator who decided it: the fact's own stream has not changed.
    Raises NotFound for what was not given up, and for whoever is not an operator.
    """
    uow.check(may_operate)
    if uow.actor.person is None:
        raise NotFound
    at = uow.lock(Person, uow.actor.person)
    row = uow.session.get(Outbox, number)
    if row is None or row.state != "dead":
        raise NotFound
    # `attempts` stays: it is the fencing token, and past the limit one more failure is the last.
    row.state, row.not_before, row.lease_until = "ready", at.now, None
    at.record("fact_retried", fact=number, consumer=row.consumer, topic=row.topic, ref=row.ref)
    return Done(str(number))
