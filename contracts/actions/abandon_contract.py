"""Gives up a contract that nobody has concluded; the deal stays, and may get another."""

from __future__ import annotations

from contracts import facts
from contracts.models import Contract
from contracts.permissions import check_contract
from contracts.states import ContractAct
from contracts.working import all_live, move, set_aside
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.permissions import Do


def abandon_contract(uow: UnitOfWork, contract: str) -> Done:
    """By either side, or by the market when the deal has ended. Raises ContractMovedOn."""
    uow.check(check_contract, contract, Do.ACT)
    at = uow.lock(Contract, contract)
    signed = all_live(uow, contract)
    at.row.digest = None
    move(at, ContractAct.ABANDON)
    set_aside(signed)
    at.fact(facts.CONTRACT_ABANDONED)
    return Done(contract)
