"""Turn a need that is over into a draft again."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from listings.history import move_need
from listings.measures import refuse_held
from listings.models import Need
from listings.permissions import Do, check_may_need
from listings.states import NeedAction


def reopen_need(uow: UnitOfWork, need: str) -> Done:
    """Raises WrongState for a need that is still published, MeasureStands."""
    uow.check(check_may_need, need, Do.REOPEN)
    at = uow.lock(Need, need)
    refuse_held(at.row)
    move_need(at, NeedAction.REOPEN)
    at.row.expires_at = None
    return Done(need)
