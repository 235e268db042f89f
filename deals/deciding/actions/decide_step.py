"""One step of the institution's decision is passed or refused, by whose step it is."""

from __future__ import annotations

from core.errors import Invalid, NotFound
from core.results import Done
from core.stops import What, refuse_stopped
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from deals.deciding.models import DecisionStep
from deals.deciding.permissions import check_decides, is_own
from deals.deciding.rules import Decided, decided_problems
from deals.engine.declaration import Side
from deals.models import Deal
from deals.progress import move


def decide_step(uow: UnitOfWork, step: str, decided: Decided) -> Done:
    """In the name of the institution, by the person named; of a meeting, and of who signed on
    paper, by its office with the paper. Raises Invalid, StepDecided, StepNotYet,
    DecidesForTheOther, WrongDealState, DealsStopped."""
    uow.check(check_decides, step)
    uow.check(refuse_stopped, What.DEALS)
    found = uow.find(DecisionStep.deal, DecisionStep.id == step)
    if not found:
        raise NotFound(ref=f"step:{step}")
    at = uow.lock(Deal, found[0])
    row = uow.session.get_one(DecisionStep, step)
    own, today = is_own(uow.actor, row), legal_date(at.now, uow.ports.zone)
    if wrong := decided_problems(decided, row.kind, own=own, today=today):
        raise Invalid(wrong)
    move(uow, at, "decide", Side.SELLER, {"step": row, "decided": decided})
    return Done(at.row.id)
