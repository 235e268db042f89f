"""Somebody owes something: an area to the right says what, by whom, to whom, by when and why."""

from __future__ import annotations

from billing.errors import DepositMovedOn
from billing.raising import Raised, raise_
from billing.states import Kind
from core.results import Done
from core.unit_of_work import UnitOfWork


def raise_obligation(uow: UnitOfWork, raised: Raised) -> Done:
    """The caller has permitted it: there is no page for this. A deposit is asked with
    `ask_deposit`. Answers the obligation's id. Raises Invalid, AccountUnfit."""
    if raised.kind == Kind.DEPOSIT:
        raise DepositMovedOn
    return Done(raise_(uow, raised).row.id)
