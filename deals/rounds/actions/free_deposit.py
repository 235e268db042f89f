"""A forfeiture was dropped: a deposit that serves nothing any more goes back."""

from __future__ import annotations

from billing.depositing import lock_deposit, release
from billing.states import DepositState
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.rounds import deposits


def free_deposit(uow: UnitOfWork, deposit: str) -> Done:
    """By the market; twice is once. What ends a round or a deal locks its deposits too, so one
    that is held here and still serves is freed by that end."""
    at, row = lock_deposit(uow, deposit)
    if row.state == DepositState.HELD and not deposits.serves(uow.session, at.row):
        release(at, row)
    return Done(deposit)
