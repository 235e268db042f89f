"""Somebody who comes first on equal terms says that they take them."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.engine.declaration import Side
from deals.preemption.acting import lock_claim
from deals.preemption.permissions import check_holder
from deals.preemption.rules import Paper
from deals.progress import move


def come_first(uow: UnitOfWork, claim: str) -> Done:
    """By the holder alone, before their time is over. The deal is signed with nobody else until
    the holder waives. Raises ClaimOver, WrongDealState, DealsStopped."""
    uow.check(check_holder, claim)
    at, row = lock_claim(uow, claim)
    move(uow, at, "exercise", Side.HOLDER, {"claim": row, "paper": Paper()})
    return Done(at.row.id)
