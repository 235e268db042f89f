"""Take a published need down, by the market's operator."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from listings import facts
from listings.errors import ReasonNeeded
from listings.history import move_need
from listings.models import Need
from listings.permissions import Do, check_may_need
from listings.reasons import MODERATION_REASONS
from listings.states import NeedAction


def moderate_need(uow: UnitOfWork, need: str, reason: str, note: str = "") -> Done:
    """`reason` is a code of MODERATION_REASONS; the firm reads `note`. Raises ReasonNeeded."""
    uow.check(check_may_need, need, Do.MODERATE)
    if reason not in MODERATION_REASONS:
        raise ReasonNeeded
    at = uow.lock(Need, need)
    move_need(at, NeedAction.MODERATE, reason=reason, note=note.strip())
    at.timer("expire", None)
    at.fact(facts.need_fact(facts.NEED_WITHDRAWN, confidential=at.row.confidential))
    at.fact(facts.NEED_MODERATED)
    return Done(need)
