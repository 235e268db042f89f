"""Brings a need up to date with the clock. Called by its timer."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from listings import facts
from listings.history import move_need
from listings.models import Need
from listings.states import NeedAction, NeedState


def settle_need(uow: UnitOfWork, need: str) -> Done:
    """What is not due writes nothing."""
    at = uow.lock(Need, need)
    if at.row.state != NeedState.PUBLISHED:
        at.timer("expire", None)
    elif at.row.expires_at is not None and at.row.expires_at <= at.now:
        move_need(at, NeedAction.EXPIRE)
        at.timer("expire", None)
        at.fact(facts.need_fact(facts.NEED_EXPIRED, confidential=at.row.confidential))
    return Done(need)
