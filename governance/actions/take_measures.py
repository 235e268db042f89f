"""The operator takes measures upon a notice of infringement and forwards it (E-Commerce Law, art.
42)."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from governance.complaining import move
from governance.errors import OtherProcedure
from governance.models import Complaint
from governance.permissions import Do, check_may
from governance.states import ComplaintAct, Kind
from listings.measures import hold


def take_measures(uow: UnitOfWork, complaint: str, note: str = "") -> Done:
    """What the notice is about goes off the market, and its owner reads the notice. Raises
    OtherProcedure, ComplaintMovedOn."""
    uow.check(check_may, complaint, Do.DECIDE)
    at = uow.lock(Complaint, complaint)
    if at.row.kind != Kind.INFRINGEMENT:
        raise OtherProcedure
    move(at, ComplaintAct.MEASURE, note=note)
    at.row.forwarded_at = at.now
    hold(uow, at.row.about, complaint)
    return Done(complaint)
