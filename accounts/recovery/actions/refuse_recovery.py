"""An operator does not believe it, or takes it back."""

from __future__ import annotations

from accounts.permissions import may_operate
from accounts.recovery.moving import end, lock_recovery
from core.results import Done
from core.unit_of_work import UnitOfWork


def refuse_recovery(uow: UnitOfWork, recovery: str) -> Done:
    """Raises NotFound, RecoveryMovedOn."""
    uow.check(may_operate)
    at, row = lock_recovery(uow, recovery)
    end(at, row, "refuse")
    return Done(recovery)
