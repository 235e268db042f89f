"""Somebody of the receiving side proposes that a deposit is forfeited; the payer may object."""

from __future__ import annotations

from billing import facts
from billing.depositing import APPEAL, lock_deposit, move
from billing.permissions import Do, check_may
from billing.raising import pinned
from billing.rules import APPEAL_DAYS, text_problems
from billing.states import DepositAct
from core.errors import Invalid
from core.results import Done
from core.times import end_of_day, legal_date
from core.unit_of_work import UnitOfWork


def propose_forfeit(uow: UnitOfWork, deposit: str, reason: str, rule: str) -> Done:
    """`rule`: the clause of the announced terms. Another person, an operator, decides after the
    days of objection. Raises Invalid, DepositMovedOn."""
    uow.check(check_may, deposit, Do.FORFEIT)
    if problems := text_problems("reason", reason) | text_problems("rule", rule):
        raise Invalid(problems)
    at, row = lock_deposit(uow, deposit)
    move(at, row, DepositAct.PROPOSE_FORFEIT)
    today = legal_date(at.now, uow.ports.zone)
    last = pinned(uow, at.row, at.now).deadline(APPEAL_DAYS, today).day
    row.proposed_by, row.proposed_at = uow.actor.person, at.now
    row.reason, row.rule = reason.strip(), rule.strip()
    row.objection, row.note, row.decided_by, row.decided_at = "", "", None, None
    row.appeal_until = end_of_day(last, uow.ports.zone)
    at.timer(APPEAL, row.appeal_until)
    at.fact(facts.FORFEIT_PROPOSED)
    return Done(deposit)
