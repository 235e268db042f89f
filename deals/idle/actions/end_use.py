"""The unit acts itself from now on, or the maker gives up acting for it."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.idle.moving import lock_use, move_use
from deals.idle.permissions import check_ends
from deals.idle.rules import WITHDRAWN, check_reason
from deals.idle.states import UseAct


def end_use(uow: UnitOfWork, use: str, reason: str = "") -> Done:
    """`reason`: a code of `REASONS`, asked of the unit; a maker ends their own without one. Talks
    that were opened go on. Raises Invalid, UseMovedOn."""
    uow.check(check_ends, use)
    at, row = lock_use(uow, use)
    own = row.person == uow.actor.person
    if not own:
        check_reason(reason)
    move_use(at, row, UseAct.END, WITHDRAWN if own else reason)
    at.fact("asset.use_ended")
    return Done(row.asset)
