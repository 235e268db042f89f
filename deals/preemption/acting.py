"""What the acts on one claim share: its deal, locked, and the claim as it now is."""

from __future__ import annotations

from core.errors import Invalid, NotFound
from core.results import Done
from core.stops import What, refuse_stopped
from core.times import legal_date
from core.unit_of_work import At, UnitOfWork
from deals.engine.declaration import Side
from deals.models import Deal, Offer
from deals.preemption.models import Preemption
from deals.preemption.permissions import check_answers, is_holder
from deals.preemption.rules import Paper, paper_problems
from deals.progress import move


def lock_claim(uow: UnitOfWork, claim: str) -> tuple[At[Deal], Preemption]:
    """The caller has asked who may. Raises NotFound, DealsStopped."""
    uow.check(refuse_stopped, What.DEALS)
    found = uow.find(Preemption.deal, Preemption.id == claim)
    if not found:
        raise NotFound(ref=f"preemption:{claim}")
    at = uow.lock(Deal, found[0])
    return at, uow.session.get_one(Preemption, claim)


def answer_claim(uow: UnitOfWork, act: str, claim: str, paper: Paper | None) -> Done:
    """By the holder; or by the owner's office with the `paper` that the holder signed. Raises
    Invalid, ClaimOver, WrongDealState, DealsStopped."""
    uow.check(check_answers, claim)
    at, row = lock_claim(uow, claim)
    own, shown = is_holder(uow.actor, row), paper or Paper()
    if not own:
        check_paper(uow, at, row, shown)
    side = Side.HOLDER if own else Side.SELLER
    move(uow, at, act, side, {"claim": row, "paper": Paper() if own else shown})
    return Done(at.row.id)


def check_paper(uow: UnitOfWork, at: At[Deal], row: Preemption, paper: Paper) -> None:
    """Raises Invalid."""
    zone = uow.ports.zone
    offer = uow.session.get_one(Offer, (row.deal, row.version))
    agreed_on = legal_date(offer.answered_at or at.now, zone)
    if wrong := paper_problems(paper, agreed_on, legal_date(at.now, zone)):
        raise Invalid(wrong)
