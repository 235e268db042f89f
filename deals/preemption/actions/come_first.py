"""Somebody who comes first on equal terms says that they take them."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.preemption.acting import answer_claim
from deals.preemption.rules import Paper


def come_first(uow: UnitOfWork, claim: str, paper: Paper | None = None) -> Done:
    """By the holder, before their time is over; or by the owner's office with the `paper` that the
    holder signed. The deal is signed with nobody else until the holder waives. Raises Invalid,
    ClaimOver, WrongDealState, DealsStopped."""
    return answer_claim(uow, "exercise", claim, paper)
