"""The day of waiting is over: the factors go, and every session with them."""

from __future__ import annotations

from accounts.factors.removing import remove_factors
from accounts.models import Person
from accounts.recovery.moving import TIMER, move, open_recovery
from accounts.recovery.states import RecoveryState
from accounts.sessions import revoke_all
from core.unit_of_work import At


def carry_out_due(at: At[Person]) -> None:
    """Does nothing before its hour. Roles that need a second factor reach only its set-up then."""
    row = open_recovery(at)
    if row is None or row.state != RecoveryState.WAITING:
        return
    if row.due_at is None or at.now < row.due_at:
        return
    move(row, "carry_out")
    row.ended_at = at.now
    remove_factors(at)
    revoke_all(at)
    at.timer(TIMER, None)
    at.record("recovery_done", recovery=row.id)
    at.fact("person.factors_reset")
