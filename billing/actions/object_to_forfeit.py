"""The payer says why a deposit is not forfeited."""

from __future__ import annotations

from billing.depositing import lock_deposit
from billing.errors import DepositMovedOn
from billing.permissions import Do, check_may
from billing.rules import text_problems
from billing.states import DepositState
from core.errors import Invalid
from core.results import Done
from core.unit_of_work import UnitOfWork


def object_to_forfeit(uow: UnitOfWork, deposit: str, text: str) -> Done:
    """Until the last day; a second objection takes the first one's place. Raises Invalid,
    DepositMovedOn."""
    uow.check(check_may, deposit, Do.PAY)
    if problems := text_problems("text", text):
        raise Invalid(problems)
    at, row = lock_deposit(uow, deposit)
    over = row.appeal_until is None or at.now >= row.appeal_until
    if row.state != DepositState.FORFEIT_PROPOSED or over:
        raise DepositMovedOn
    row.objection = text.strip()
    at.record("forfeit_objected")
    return Done(deposit)
