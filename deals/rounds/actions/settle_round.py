"""Brings a round past its deadlines; timer and Due come here."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.rounds.advancing import advance
from deals.rounds.models import Round


def settle_round(uow: UnitOfWork, round_id: str) -> Done:
    """Settling what is not due writes nothing."""
    at = uow.lock(Round, round_id)
    advance(uow, at)
    return Done(round_id)
