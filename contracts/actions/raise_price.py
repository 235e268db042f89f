"""What the accepted terms of a signed contract make due becomes obligations, once."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import select

from contracts.charges import charges
from contracts.charging import apply_held_deposit, raise_charge
from contracts.matter import Matter
from contracts.models import Contract, ContractCharge
from contracts.permissions import check_contract
from contracts.states import ContractState
from contracts.working import deal_of
from core.results import Done
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from deals import lawful
from deals.open_licence.fees import fee_was_asked
from deals.permissions import Do

PAYMENT_DAYS: Final = "contract.payment_days"
PAYMENT_DAYS_OURS: Final = 30
"""Calendar days where the profile sets no figure: a custom of this market, no rule of law."""


def raise_price(uow: UnitOfWork, contract: str) -> Done:
    """By the market, when a contract is signed; doing it twice is doing it once. Parts whose day
    nobody knows wait for `call_instalment`; the winner's deposit pays a part of the first that is
    due. What was asked for with the deal itself is not asked for again. Raises AccountUnfit."""
    uow.check(check_contract, contract, Do.ACT)
    at = uow.lock(Contract, contract)
    known = select(ContractCharge.n).where(ContractCharge.contract == contract).limit(1)
    if at.row.state != ContractState.SIGNED or uow.session.scalar(known) is not None:
        return Done(contract)
    deal, signed_at = deal_of(uow, at.row), at.row.signed_at or at.now
    if fee_was_asked(uow.session, deal):
        return Done(contract)
    if deal.buyer_org is None and deal.buyer_person is None:
        return Done(contract)
    signed, profile = legal_date(signed_at, uow.ports.zone), lawful.pinned(uow, deal)
    usual = signed + timedelta(lawful.integer(profile, PAYMENT_DAYS, PAYMENT_DAYS_OURS))
    terms = Matter.load(at.row.matter or {}).terms
    first = ""
    for one in charges(terms, signed, usual, profile.calendar):
        row = ContractCharge(
            contract=contract, n=one.n, kind=one.kind, minor=one.minor, event=one.event
        )
        at.add(row)
        if one.due_on is not None:
            raise_charge(uow, at, deal, row, one.due_on)
            first = first or row.obligation or ""
        else:
            at.record("charge_waits", n=one.n, amount=one.minor)
    uow.session.flush()
    if first:
        apply_held_deposit(uow, at, deal, first)
    return Done(contract)
