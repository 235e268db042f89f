"""An account receives nothing new."""

from __future__ import annotations

from billing.errors import AccountMovedOn
from billing.models import ReceivingAccount
from billing.permissions import check_account
from core.results import Done
from core.unit_of_work import UnitOfWork


def retire_account(uow: UnitOfWork, account: str) -> Done:
    """What was raised for it before is still paid to it. Raises NotFound, AccountMovedOn."""
    uow.check(check_account, account)
    at = uow.lock(ReceivingAccount, account)
    if at.row.retired_at is not None:
        raise AccountMovedOn
    at.row.retired_by, at.row.retired_at = uow.actor.person, at.now
    at.record("account_retired")
    return Done(account)
