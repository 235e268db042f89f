"""The unit agrees that a maker acts on its unused result, or refuses."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.idle.moving import lock_use, move_use
from deals.idle.permissions import check_answers
from deals.idle.rules import check_reason
from deals.idle.states import UseAct


def answer_use(uow: UnitOfWork, use: str, *, agrees: bool, reason: str = "") -> Done:
    """`reason`: a code of `REASONS`, asked for a refusal. Agreement may also follow silence.
    Raises Invalid, UseMovedOn."""
    uow.check(check_answers, use)
    if not agrees:
        check_reason(reason)
    at, row = lock_use(uow, use)
    move_use(at, row, UseAct.AGREE if agrees else UseAct.REFUSE, "" if agrees else reason)
    at.fact("asset.use_agreed" if agrees else "asset.use_refused")
    return Done(row.asset)
