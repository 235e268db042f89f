"""Brings a deal past its clocks; timer, reaction and Due all come here."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.models import Deal
from deals.progress import run_on


def settle_deal(uow: UnitOfWork, deal: str) -> Done:
    """Settling what is not due writes nothing, so loops of reactions end."""
    run_on(uow, uow.lock(Deal, deal))
    return Done(deal)
