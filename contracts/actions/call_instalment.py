"""The event came on which an instalment hangs: the seller says by when it is to be paid."""

from __future__ import annotations

from datetime import date

from contracts.charging import apply_held_deposit, raise_charge
from contracts.errors import SellerCalls
from contracts.models import Contract, ContractCharge
from contracts.permissions import check_contract
from contracts.working import deal_of
from core.errors import Invalid, NotFound, Problem
from core.i18n import N_
from core.results import Done
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from deals.engine.declaration import Side
from deals.permissions import Do, acting_side


def call_instalment(uow: UnitOfWork, contract: str, n: int, due_on: date | None) -> Done:
    """By the seller's side; one that was called already stays as it is. `due_on`: its last day,
    today or later. Raises NotFound, Invalid, SellerCalls, AccountUnfit."""
    uow.check(check_contract, contract, Do.ACT)
    at = uow.lock(Contract, contract)
    deal = deal_of(uow, at.row)
    row = uow.session.get(ContractCharge, (contract, n))
    if row is None:
        raise NotFound(ref=f"contract:{contract}")
    if acting_side(uow.actor, deal) is not Side.SELLER:
        raise SellerCalls
    if row.obligation is not None:
        return Done(row.obligation)
    if due_on is None or due_on < legal_date(at.now, uow.ports.zone):
        said = N_("Give the last day of payment, today or later.")
        raise Invalid({"due_on": [Problem("due_on_past", said)]})
    raise_charge(uow, at, deal, row, due_on)
    uow.session.flush()
    apply_held_deposit(uow, at, deal, row.obligation or "")
    return Done(row.obligation or "")
