"""The person or the operator says that the looking is over; it is over at once."""

from __future__ import annotations

from accounts.support.models import SupportGrant
from core.errors import NotFound
from core.results import Done
from core.unit_of_work import UnitOfWork


def end_support(uow: UnitOfWork, grant: str) -> Done:
    """Ending what is over changes nothing. A code that nobody has used is taken back likewise.
    Raises NotFound for anybody else."""
    at = uow.lock(SupportGrant, grant)
    if uow.actor.person is None or uow.actor.person not in (at.row.person, at.row.operator):
        raise NotFound
    if at.row.ended_at is None:
        at.row.ended_at, at.row.ended_by = at.now, uow.actor.person
        at.record("support_ended", by=uow.actor.key)
    return Done(grant)
