"""The owner's office asks its keeper of seals to seal a frozen contract."""

from __future__ import annotations

from sqlalchemy import func, select

from contracts.errors import ContractMovedOn
from contracts.models import Contract, SealRequest
from contracts.permissions import check_contract
from contracts.rules import seal_problems
from contracts.states import ContractState
from contracts.working import deal_of
from core.errors import Forbidden, Invalid
from core.results import Done
from core.stops import What, refuse_stopped
from core.unit_of_work import UnitOfWork
from deals.engine.declaration import Side
from deals.models import Deal
from deals.permissions import Do, acting_side
from deals.progress import check_could


def request_seal(uow: UnitOfWork, contract: str, seal: str, copies: int) -> Done:
    """For one frozen text, once its institution has decided; each request is numbered and printed.
    Raises Invalid, Forbidden for the buyer, StepsOpen, StepWasRefused, ContractMovedOn,
    DealsStopped."""
    uow.check(check_contract, contract, Do.ACT)
    uow.check(refuse_stopped, What.DEALS)
    at = uow.lock(Contract, contract)
    side = acting_side(uow.actor, deal_of(uow, at.row))
    if side is not Side.SELLER:
        raise Forbidden(do="seal")
    if wrong := seal_problems(seal, copies):
        raise Invalid(wrong)
    if at.row.state != ContractState.READY:
        raise ContractMovedOn
    check_could(uow, uow.lock(Deal, at.row.deal), "conclude", side)
    made = select(func.count()).where(SealRequest.contract == contract)
    n = (uow.session.scalar(made) or 0) + 1
    row = SealRequest(
        contract=contract, n=n, seal=seal, copies=copies, digest=at.row.digest,
        by=uow.actor.person, at=at.now,
    )  # fmt: skip
    at.add(row)
    at.record("seal_requested", n=n, seal=seal, copies=copies, digest=at.row.digest)
    return Done(str(n))
