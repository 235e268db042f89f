"""The sender takes a complaint back, and measures end."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from governance.complaining import lift, move, stop_waiting
from governance.models import Complaint
from governance.permissions import check_link
from governance.states import HOLDING, ComplaintAct


def withdraw_complaint(uow: UnitOfWork, complaint: str, link: str) -> Done:
    """`link` is the sender's. Raises ComplaintMovedOn."""
    uow.check(check_link, uow.ports.secret, complaint, link)
    at = uow.lock(Complaint, complaint)
    held = at.row.state in HOLDING
    move(at, ComplaintAct.TAKE_BACK)
    stop_waiting(at)
    if held:
        lift(at)
    return Done(complaint)
