"""Opens a frozen text again; what was signed counts for nothing."""

from __future__ import annotations

from contracts import facts
from contracts.models import Contract
from contracts.permissions import check_contract
from contracts.states import ContractAct
from contracts.working import all_live, move, set_aside
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.permissions import Do


def reopen_contract(uow: UnitOfWork, contract: str) -> Done:
    """By either side, until both have signed. Raises ContractMovedOn."""
    uow.check(check_contract, contract, Do.ACT)
    at = uow.lock(Contract, contract)
    signed = all_live(uow, contract)
    at.row.digest = None
    move(at, ContractAct.REOPEN)
    set_aside(signed)
    at.row.matter = at.row.frozen_at = at.row.frozen_by = None
    at.row.reasons = {}
    at.fact(facts.CONTRACT_REOPENED)
    return Done(contract)
