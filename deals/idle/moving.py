"""What the actions on a declaration share: finding it under its result's lock, and moving it."""

from __future__ import annotations

from typing import Final

from core.unit_of_work import At, UnitOfWork
from deals.idle.models import IdleUse
from deals.idle.states import UseAct, after
from listings.models import Asset

ANSWER_TIMER: Final = "use_answer"


def lock_use(uow: UnitOfWork, use: str) -> tuple[At[Asset], IdleUse]:
    """The caller has checked that there is one."""
    (asset,) = uow.find(IdleUse.asset, IdleUse.id == use)
    at = uow.lock(Asset, asset)
    return at, uow.session.get_one(IdleUse, use)


def move_use(at: At[Asset], row: IdleUse, act: UseAct, reason: str = "") -> None:
    """Raises UseMovedOn."""
    before, row.state = row.state, after(row.state, act)
    row.answered_at, row.answered_by = at.now, at.uow.actor.person
    row.reason = reason or None
    at.timer(ANSWER_TIMER, None)
    at.record(f"use_{act}", use=row.id, before=before, after=str(row.state), reason=row.reason)
