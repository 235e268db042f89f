"""Somebody who comes first on equal terms gives that up, for these terms."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.engine.declaration import Side
from deals.preemption.acting import check_paper, lock_claim
from deals.preemption.permissions import check_answers, is_holder
from deals.preemption.rules import Paper
from deals.progress import move


def waive_claim(uow: UnitOfWork, claim: str, paper: Paper | None = None) -> Done:
    """By the holder; or by the owner's office with the `paper` that the holder signed. Raises
    Invalid, ClaimOver, WrongDealState, DealsStopped."""
    uow.check(check_answers, claim)
    at, row = lock_claim(uow, claim)
    own, shown = is_holder(uow.actor, row), paper or Paper()
    if not own:
        check_paper(uow, at, row, shown)
    side = Side.HOLDER if own else Side.SELLER
    move(uow, at, "waive", side, {"claim": row, "paper": Paper() if own else shown})
    return Done(at.row.id)
