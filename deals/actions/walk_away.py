"""Ends a deal before its contract, with a reason; a running notice ends and claims are released."""

from __future__ import annotations

from core.errors import Invalid, Problem
from core.i18n import N_
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.models import Deal
from deals.permissions import Do, acting_side, check_deal
from deals.progress import move
from deals.rules import LEAVING


def walk_away(uow: UnitOfWork, deal: str, reason: str) -> Done:
    """`reason` is a code of `rules.LEAVING`. Raises Invalid, WrongDealState."""
    uow.check(check_deal, deal, Do.ACT)
    if reason not in LEAVING:
        raise Invalid({"reason": [Problem("reason_missing", N_("Choose a reason."))]})
    at = uow.lock(Deal, deal)
    move(uow, at, "walk_away", acting_side(uow.actor, at.row), {}, reason=reason)
    at.row.reason = reason
    return Done(deal)
