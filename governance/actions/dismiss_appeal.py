"""A second operator finds the first one right."""

from __future__ import annotations

from core.errors import Invalid
from core.results import Done
from core.unit_of_work import UnitOfWork
from governance.appealing import answer, check_answer
from governance.models import Appeal
from governance.rules import text_problems
from governance.states import AppealAct


def dismiss_appeal(uow: UnitOfWork, appeal: str, note: str) -> Done:
    """`note` is the reason, told to whom it concerns; what was decided stands. Raises Invalid,
    NotFound, OwnAppeal, AppealMovedOn."""
    uow.check(check_answer, appeal)
    if problems := text_problems("note", note):
        raise Invalid(problems)
    at = uow.lock(Appeal, appeal)
    answer(at, AppealAct.REJECT, note)
    return Done(appeal)
