"""A second operator agrees: every contact is told, and a day of waiting begins."""

from __future__ import annotations

from accounts.permissions import may_operate
from accounts.recovery.moving import TIMER, lock_recovery, move, refuse_same
from accounts.recovery.states import WAIT
from core.results import Done
from core.unit_of_work import UnitOfWork


def approve_recovery(uow: UnitOfWork, recovery: str) -> Done:
    """Raises NotFound, OtherOperator, RecoveryMovedOn."""
    uow.check(may_operate)
    at, row = lock_recovery(uow, recovery)
    refuse_same(uow, row)
    move(row, "approve")
    row.approved_by, row.approved_at = uow.actor.person, at.now
    row.due_at = at.now + WAIT
    at.timer(TIMER, row.due_at)
    at.record("recovery_approved", recovery=recovery, by=uow.actor.key)
    at.fact("person.recovery_waits")
    return Done(recovery)
