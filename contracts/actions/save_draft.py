"""Keeps another version of what the contract says."""

from __future__ import annotations

from contracts.errors import DraftMovedOn
from contracts.matter import Draft
from contracts.models import Contract
from contracts.permissions import check_contract
from contracts.rules import draft_problems
from contracts.states import ContractAct
from contracts.working import add_version, deal_of, move, newest
from core.errors import Invalid
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals import lawful
from deals.permissions import Do


def save_draft(uow: UnitOfWork, contract: str, draft: Draft, answering: int) -> Done:
    """`answering`: the version that the writer had before them. Saving what is there already
    writes nothing. Raises Invalid, DraftMovedOn, ContractMovedOn."""
    uow.check(check_contract, contract, Do.ACT)
    at = uow.lock(Contract, contract)
    deal = deal_of(uow, at.row)
    if wrong := draft_problems(draft, lawful.pinned(uow, deal).codes("contract.kinds")):
        raise Invalid(wrong)
    if answering != at.row.versions:
        raise DraftMovedOn(version=at.row.versions)
    if draft == newest(uow, at.row):
        return Done(contract)
    add_version(uow, at, deal, draft)
    move(at, ContractAct.SAVE, version=at.row.versions)
    return Done(contract)
