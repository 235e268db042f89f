"""The other side returns a signed copy and says what is wrong with it."""

from __future__ import annotations

from contracts import facts
from contracts.models import Contract
from contracts.permissions import check_contract
from contracts.rules import LONGEST_NOTE
from contracts.states import ContractAct, CopyState
from contracts.working import checked_copy, move
from core.errors import Invalid, Problem
from core.i18n import N_
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.permissions import Do


def return_copy(uow: UnitOfWork, contract: str, copy: str, note: str) -> Done:
    """`note` is told to the side that signed. Raises Invalid, CopyIsOwn, NoCopyWaits,
    ContractMovedOn."""
    uow.check(check_contract, contract, Do.ACT)
    if not note.strip() or len(note) > LONGEST_NOTE:
        raise Invalid({"note": [Problem("note_missing", N_("Say what is wrong with the copy."))]})
    at = uow.lock(Contract, contract)
    row = checked_copy(uow, at, copy)
    move(at, ContractAct.CHECK, copy=copy, side=row.side, outcome="returned")
    row.state, row.note = CopyState.RETURNED, note.strip()
    row.checked_by, row.checked_at = uow.actor.person, at.now
    at.fact(facts.CONTRACT_RETURNED)
    return Done(contract)
