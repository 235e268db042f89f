"""The owner's office names somebody who comes first and whom the result does not name."""

from __future__ import annotations

from core.errors import Invalid
from core.results import Done
from core.stops import What, refuse_stopped
from core.unit_of_work import UnitOfWork
from deals.engine.declaration import Side
from deals.models import Deal
from deals.preemption.drawing_up import preemptions_on
from deals.preemption.permissions import check_names
from deals.preemption.rules import name_problems
from deals.progress import move


def name_holder(uow: UnitOfWork, deal: str, name: str) -> Done:
    """Who commissioned the development (Civil Code art. 859). Raises Invalid, NobodyComesFirst,
    WrongDealState, DealsStopped."""
    uow.check(check_names, deal)
    uow.check(refuse_stopped, What.DEALS)
    at = uow.lock(Deal, deal)
    known = preemptions_on(uow.session, deal, at.row.agreed)
    if wrong := name_problems(name, len(known)):
        raise Invalid(wrong)
    move(uow, at, "name_holder", Side.SELLER, {"name": name.strip()})
    return Done(deal)
