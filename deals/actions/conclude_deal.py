"""Brings a deal to its signed contract. Called by the contract, in its unit of work."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.models import Deal
from deals.permissions import Do, acting_side, check_deal
from deals.progress import move


def conclude_deal(uow: UnitOfWork, deal: str, *, contract: str, digest: str) -> Done:
    """Uses up the claim on every asset: the caller enters the rights that take its place, under
    the locks that this leaves held. Raises WrongDealState."""
    uow.check(check_deal, deal, Do.ACT)
    at = uow.lock(Deal, deal)
    side = acting_side(uow.actor, at.row)
    move(uow, at, "conclude", side, {}, contract=contract, digest=digest)
    return Done(deal)
