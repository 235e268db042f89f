"""The deal's contract stands in the register. Called by the registration, in its unit of work."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.models import Deal
from deals.permissions import Do, acting_side, check_deal
from deals.progress import move


def register_deal(uow: UnitOfWork, deal: str, *, registration: str, number: str) -> Done:
    """Raises WrongDealState where no signed contract stands."""
    uow.check(check_deal, deal, Do.ACT)
    at = uow.lock(Deal, deal)
    side = acting_side(uow.actor, at.row)
    move(uow, at, "register", side, {}, registration=registration, number=number)
    return Done(deal)
