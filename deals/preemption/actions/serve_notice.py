"""The owner's office puts on file that the notice reached somebody who comes first."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.engine.declaration import Side
from deals.preemption.acting import check_paper, lock_claim
from deals.preemption.permissions import check_serves
from deals.preemption.rules import Paper
from deals.progress import move


def serve_notice(uow: UnitOfWork, claim: str, paper: Paper) -> Done:
    """The holder's time begins with the day on the paper. Raises Invalid, ClaimTold,
    WrongDealState, DealsStopped."""
    uow.check(check_serves, claim)
    at, row = lock_claim(uow, claim)
    check_paper(uow, at, row, paper)
    move(uow, at, "serve", Side.SELLER, {"claim": row, "paper": paper})
    return Done(at.row.id)
