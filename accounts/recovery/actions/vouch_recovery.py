"""The first operator notes what shows that the person asked."""

from __future__ import annotations

from accounts.permissions import may_operate
from accounts.recovery.moving import lock_recovery, move, refuse_same
from accounts.recovery.states import LONGEST_NOTE
from core.errors import Invalid, Problem
from core.i18n import N_
from core.results import Done
from core.unit_of_work import UnitOfWork


def vouch_recovery(uow: UnitOfWork, recovery: str, evidence: str) -> Done:
    """Raises Invalid, NotFound, OtherOperator, RecoveryMovedOn."""
    uow.check(may_operate)
    if not evidence.strip() or len(evidence) > LONGEST_NOTE:
        text = N_(
            "Write what you looked at: a call to the number on file, a paper, who knows them."
        )
        raise Invalid({"evidence": [Problem("evidence", text)]})
    at, row = lock_recovery(uow, recovery)
    refuse_same(uow, row)
    move(row, "vouch")
    row.evidence, row.vouched_by, row.vouched_at = evidence.strip(), uow.actor.person, at.now
    at.record("recovery_vouched", recovery=recovery, by=uow.actor.key)
    return Done(recovery)
