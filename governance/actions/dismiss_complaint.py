"""The operator finds nothing in a complaint."""

from __future__ import annotations

from core.errors import Invalid
from core.results import Done
from core.unit_of_work import UnitOfWork
from governance.complaining import move
from governance.models import Complaint
from governance.permissions import Do, check_may
from governance.rules import text_problems
from governance.states import ComplaintAct


def dismiss_complaint(uow: UnitOfWork, complaint: str, note: str) -> Done:
    """`note` is the reason, told to the sender. Raises Invalid, ComplaintMovedOn."""
    uow.check(check_may, complaint, Do.DECIDE)
    if problems := text_problems("note", note):
        raise Invalid(problems)
    at = uow.lock(Complaint, complaint)
    move(at, ComplaintAct.DISMISS, note=note)
    return Done(complaint)
