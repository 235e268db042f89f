"""A deposit is free: it goes back to the account that it came from."""

from __future__ import annotations

from billing.depositing import lock_deposit, release
from core.results import Done
from core.unit_of_work import UnitOfWork


def release_deposit(uow: UnitOfWork, deposit: str) -> Done:
    """For losers, withdrawals and whatever the terms say; of one that never came, it is asked no
    more. The caller has permitted it. Raises DepositMovedOn."""
    release(*lock_deposit(uow, deposit))
    return Done(deposit)
