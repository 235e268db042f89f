"""The days after a counter-statement are over and no complaint or suit was shown: measures end."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from governance.complaining import lift, move, stop_waiting
from governance.models import Complaint
from governance.rules import WAIT_DAYS
from governance.states import ComplaintAct


def settle_complaint(uow: UnitOfWork, complaint: str) -> Done:
    """Timer and Due both come here."""
    at = uow.lock(Complaint, complaint)
    if at.row.wait_until is not None and at.now >= at.row.wait_until:
        move(at, ComplaintAct.LAPSE, rule=WAIT_DAYS)
        stop_waiting(at)
        lift(at)
    return Done(complaint)
