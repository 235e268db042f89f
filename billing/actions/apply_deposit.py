"""The winner's deposit is applied to the price."""

from __future__ import annotations

from billing import facts
from billing.bookkeeping import book
from billing.depositing import give_back, lock_deposit, move
from billing.errors import AccountUnfit, ObligationMovedOn
from billing.ledger import Account, Event, Line, moved
from billing.models import Deposit, Obligation
from billing.receiving import credit
from billing.states import UNPAID, DepositAct
from core.ids import ref
from core.results import Done
from core.unit_of_work import UnitOfWork


def apply_deposit(uow: UnitOfWork, deposit: str, price: str) -> Done:
    """`price`: the obligation that it pays a part of, of the same payer and payee, received in the
    same hands. What is more than the price goes back. The caller has permitted it. Raises
    DepositMovedOn, ObligationMovedOn, AccountUnfit."""
    for id in sorted({deposit, price}):
        uow.lock(Obligation, id)
    held, row = lock_deposit(uow, deposit)
    owed = uow.lock(Obligation, price)
    if owed.row.state not in UNPAID or uow.session.get(Deposit, price) is not None:
        raise ObligationMovedOn
    if not _same_hands(held.row, owed.row):
        raise AccountUnfit
    move(held, row, DepositAct.APPLY)
    used = min(held.row.amount, owed.row.amount - owed.row.paid)
    debit = Line(Account.DEPOSITS_HELD, ref("obligation", deposit), used)
    line = Line(Account.BUYER_FUNDS, ref("obligation", price), used)
    book(owed, moved(Event.DEPOSIT_APPLIED, deposit, owed.row.currency, debit, [line]))
    row.applied_to = price
    if used < held.row.amount:
        give_back(held, row, held.row.amount - used)
    credit(owed, used)
    held.fact(facts.APPLIED)
    return Done(price)


def _same_hands(deposit: Obligation, price: Obligation) -> bool:
    """Money stays where it is; only whose it is changes."""
    return (
        deposit.currency == price.currency
        and deposit.account == price.account
        and deposit.payee_org == price.payee_org
        and (deposit.payer_org, deposit.payer_person if not deposit.payer_org else None)
        == (price.payer_org, price.payer_person if not price.payer_org else None)
    )
