"""The owner states that nothing is infringed; the sender reads it and the days begin (E-Commerce
Law, art. 43)."""

from __future__ import annotations

from core.errors import Invalid
from core.results import Done
from core.times import end_of_day, legal_date
from core.unit_of_work import UnitOfWork
from governance.complaining import WAIT, move
from governance.models import Complaint
from governance.permissions import Do, check_may
from governance.rules import WAIT_DAYS, text_problems
from governance.states import ComplaintAct


def counter_complaint(uow: UnitOfWork, complaint: str, statement: str) -> Done:
    """Raises Invalid, ComplaintMovedOn."""
    uow.check(check_may, complaint, Do.COUNTER)
    if problems := text_problems("statement", statement):
        raise Invalid(problems)
    at = uow.lock(Complaint, complaint)
    today = legal_date(at.now, uow.ports.zone)
    profile = uow.law(uow.ports.jurisdiction, today)
    move(at, ComplaintAct.COUNTER, rule=WAIT_DAYS, profile=profile.pin)
    at.row.statement = statement.strip()
    at.row.wait_until = end_of_day(profile.deadline(WAIT_DAYS, today).day, uow.ports.zone)
    at.timer(WAIT, at.row.wait_until)
    return Done(complaint)
