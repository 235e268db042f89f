"""Somebody of the receiving side proposes that a deposit is forfeited; the payer may object."""

from __future__ import annotations

from billing.depositing import lock_deposit, open_forfeit
from billing.permissions import Do, check_may
from billing.rules import text_problems
from core.errors import Invalid
from core.results import Done
from core.unit_of_work import UnitOfWork


def propose_forfeit(uow: UnitOfWork, deposit: str, reason: str, rule: str) -> Done:
    """`rule`: the clause of the announced terms. Another person, an operator, decides after the
    days of objection. Of what a rule has proposed it takes the proposal over: the days begin again
    with the facts. Raises Invalid, DepositMovedOn."""
    uow.check(check_may, deposit, Do.FORFEIT)
    if problems := text_problems("reason", reason) | text_problems("rule", rule):
        raise Invalid(problems)
    at, row = lock_deposit(uow, deposit)
    open_forfeit(at, row, uow.actor.person, reason.strip(), rule.strip())
    return Done(deposit)
