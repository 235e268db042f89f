"""Somebody who comes first on equal terms gives that up, for these terms."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.preemption.acting import answer_claim
from deals.preemption.rules import Paper


def waive_claim(uow: UnitOfWork, claim: str, paper: Paper | None = None) -> Done:
    """By the holder; or by the owner's office with the `paper` that the holder signed. Raises
    Invalid, ClaimOver, WrongDealState, DealsStopped."""
    return answer_claim(uow, "waive", claim, paper)
