"""The operator ends measures: the owner was right, or a court or authority has decided."""

from __future__ import annotations

from core.errors import Invalid
from core.results import Done
from core.unit_of_work import UnitOfWork
from governance.complaining import lift, move
from governance.models import Complaint
from governance.permissions import Do, check_may
from governance.rules import text_problems
from governance.states import ComplaintAct


def lift_measures(uow: UnitOfWork, complaint: str, note: str) -> Done:
    """`note` is told to both sides. While the 15 days run, only they or the sender end measures.
    Raises Invalid, ComplaintMovedOn."""
    uow.check(check_may, complaint, Do.DECIDE)
    if problems := text_problems("note", note):
        raise Invalid(problems)
    at = uow.lock(Complaint, complaint)
    move(at, ComplaintAct.LIFT, note=note)
    lift(at)
    return Done(complaint)
