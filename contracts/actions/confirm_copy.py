"""The other side confirms a signed copy; with the second one the contract is concluded."""

from __future__ import annotations

from contracts.concluding import conclude_when_both
from contracts.models import Contract
from contracts.permissions import check_contract
from contracts.states import ContractAct, CopyState
from contracts.working import checked_copy, move
from core.results import Done
from core.stops import What, refuse_stopped
from core.unit_of_work import UnitOfWork
from deals.permissions import Do


def confirm_copy(uow: UnitOfWork, contract: str, copy: str) -> Done:
    """Pages are complete, the seal bears the party's name, and the signatory's authority was seen.

    Confirmed by a person of the other side, so by two people with opposite interests. Where the
    other side has signed too, on whichever path, the contract is concluded. Raises
    CopyIsOwn, NoCopyWaits, ContractMovedOn, RightTaken, DealsStopped, WrongDealState.
    """
    uow.check(check_contract, contract, Do.ACT)
    uow.check(refuse_stopped, What.DEALS)
    at = uow.lock(Contract, contract)
    row = checked_copy(uow, at, copy)
    move(at, ContractAct.CHECK, copy=copy, side=row.side, outcome="confirmed")
    row.state, row.checked_by, row.checked_at = CopyState.CONFIRMED, uow.actor.person, at.now
    conclude_when_both(uow, at)
    return Done(contract)
