"""An administrator closes a unit: nothing new names it, what named it goes on doing so."""

from __future__ import annotations

from sqlalchemy import select

from accounts.models import Membership
from accounts.units.changing import lock_unit
from core.results import Done
from core.unit_of_work import UnitOfWork


def close_unit(uow: UnitOfWork, unit: str) -> Done:
    """Its people sit in no unit from now on. Answers the organisation's id. Raises NotFound,
    Forbidden."""
    at, row = lock_unit(uow, unit)
    row.closed_at = at.now
    seats = uow.session.scalars(select(Membership).where(Membership.unit == unit)).all()
    for seat in seats:
        seat.unit = None
    at.record("unit_closed", unit=unit, members=len(seats))
    return Done(at.row.id)
