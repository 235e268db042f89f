"""The office puts a refused step again, once the reason is met."""

from __future__ import annotations

from core.errors import NotFound
from core.results import Done
from core.stops import What, refuse_stopped
from core.unit_of_work import UnitOfWork
from deals.deciding.models import DecisionStep
from deals.deciding.permissions import check_asks_again
from deals.engine.declaration import Side
from deals.models import Deal
from deals.progress import move


def ask_step_again(uow: UnitOfWork, step: str) -> Done:
    """As another turn; the refusal stays on file. Raises StepNotRefused, WrongDealState,
    DealsStopped."""
    uow.check(check_asks_again, step)
    uow.check(refuse_stopped, What.DEALS)
    found = uow.find(DecisionStep.deal, DecisionStep.id == step)
    if not found:
        raise NotFound(ref=f"step:{step}")
    at = uow.lock(Deal, found[0])
    row = uow.session.get_one(DecisionStep, step)
    move(uow, at, "ask_again", Side.SELLER, {"step": row})
    return Done(at.row.id)
