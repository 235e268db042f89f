"""Take a need back, or close it because it was met."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from listings import facts
from listings.history import move_need
from listings.models import Need
from listings.permissions import Do, check_may_need
from listings.states import NeedAction


def withdraw_need(uow: UnitOfWork, need: str, *, matched: bool = False) -> Done:
    """`matched`: what was looked for has been found. Raises WrongState."""
    uow.check(check_may_need, need, Do.WITHDRAW)
    at = uow.lock(Need, need)
    move_need(at, NeedAction.MATCH if matched else NeedAction.WITHDRAW)
    at.timer("expire", None)
    at.fact(facts.need_fact(facts.NEED_WITHDRAWN, confidential=at.row.confidential))
    return Done(need)
