"""The other side confirms a signed copy; with the second one the contract is concluded."""

from __future__ import annotations

from contracts import facts
from contracts.models import Contract
from contracts.permissions import check_contract
from contracts.states import ContractAct, CopyState
from contracts.working import checked_copy, deal_of, grants_of, live_copies, move
from core.results import Done
from core.stops import What, refuse_stopped
from core.unit_of_work import At, UnitOfWork
from deals.actions.conclude_deal import conclude_deal
from deals.permissions import Do
from listings.rights import grant


def confirm_copy(uow: UnitOfWork, contract: str, copy: str) -> Done:
    """Pages are complete, the seal bears the party's name, and the signatory's authority was seen.

    Confirmed by a person of the other side, so by two people with opposite interests. When both
    copies are confirmed, the deal's claim is used up, the rights register is written and
    `contract.signed` is told, in one commit. Raises CopyIsOwn, NoCopyWaits, ContractMovedOn,
    RightTaken, DealsStopped, WrongDealState.
    """
    uow.check(check_contract, contract, Do.ACT)
    uow.check(refuse_stopped, What.DEALS)
    at = uow.lock(Contract, contract)
    row = checked_copy(uow, at, copy)
    move(at, ContractAct.CHECK, copy=copy, side=row.side, outcome="confirmed")
    row.state, row.checked_by, row.checked_at = CopyState.CONFIRMED, uow.actor.person, at.now
    confirmed = [one for one in live_copies(uow, contract).values() if one.state == row.state]
    if len(confirmed) == len(("seller", "buyer")):
        _conclude(uow, at)
    return Done(contract)


def _conclude(uow: UnitOfWork, at: At[Contract]) -> None:
    at.row.signed_at = at.now
    move(at, ContractAct.SIGN, digest=at.row.digest)
    conclude_deal(uow, at.row.deal, contract=at.row.id, digest=at.row.digest or "")
    for asset, right in grants_of(uow, at, deal_of(uow, at.row)):
        grant(uow, asset, right)
    at.fact(facts.CONTRACT_SIGNED)
