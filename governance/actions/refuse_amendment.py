"""Another operator refuses an amendment."""

from __future__ import annotations

from core.errors import Invalid
from core.results import Done
from core.unit_of_work import UnitOfWork
from governance.deciding import decide
from governance.rules import text_problems


def refuse_amendment(uow: UnitOfWork, amendment: str, note: str) -> Done:
    """`note`: why. Raises Invalid, NotFound, AmendmentMovedOn, OtherOperatorNeeded."""
    if problems := text_problems("note", note):
        raise Invalid(problems)
    return decide(uow, amendment, "refused", note)
