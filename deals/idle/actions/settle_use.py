"""Silence lets the maker act: what is not due writes nothing. Called by the result's timer."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.idle.moving import move_use
from deals.idle.queries import standing_use
from deals.idle.states import UseAct, UseState
from listings.models import Asset


def settle_use(uow: UnitOfWork, asset: str) -> Done:
    """Timer and Due both come here."""
    at = uow.lock(Asset, asset)
    row = standing_use(uow.session, asset)
    waits = row is not None and row.state == UseState.DECLARED
    if row is not None and waits and row.answer_until <= at.now:
        move_use(at, row, UseAct.LAPSE)
        at.fact("asset.use_silent")
    return Done(asset)
