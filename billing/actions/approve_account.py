"""A second person has compared the account with its documents."""

from __future__ import annotations

from billing.errors import AccountMovedOn, OtherPersonNeeded
from billing.models import ReceivingAccount
from billing.permissions import check_account
from core.results import Done
from core.unit_of_work import UnitOfWork


def approve_account(uow: UnitOfWork, account: str) -> Done:
    """From now on it serves. Raises NotFound, AccountMovedOn, OtherPersonNeeded."""
    uow.check(check_account, account)
    at = uow.lock(ReceivingAccount, account)
    if at.row.approved_at is not None or at.row.retired_at is not None:
        raise AccountMovedOn
    if at.row.added_by == uow.actor.person:
        raise OtherPersonNeeded
    at.row.approved_by, at.row.approved_at = uow.actor.person, at.now
    at.record("account_approved")
    return Done(account)
