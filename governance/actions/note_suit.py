"""The sender shows within the days that they have complained or sued: measures stay (E-Commerce
Law, art. 43)."""

from __future__ import annotations

from core.errors import Invalid
from core.results import Done
from core.unit_of_work import UnitOfWork
from governance.complaining import move, stop_waiting
from governance.models import Complaint
from governance.permissions import check_link
from governance.rules import text_problems
from governance.states import ComplaintAct


def note_suit(uow: UnitOfWork, complaint: str, link: str, suit: str) -> Done:
    """`link` is the sender's. Raises Invalid, ComplaintMovedOn once the days are over."""
    uow.check(check_link, uow.ports.secret, complaint, link)
    if problems := text_problems("suit", suit):
        raise Invalid(problems)
    at = uow.lock(Complaint, complaint)
    move(at, ComplaintAct.SUE)
    at.row.suit = suit.strip()
    stop_waiting(at)
    return Done(complaint)
