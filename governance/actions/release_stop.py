"""Another operator releases what the first has frozen."""

from __future__ import annotations

from accounts.permissions import may_operate
from core.errors import Invalid
from core.results import Done
from core.stops import Stop
from core.unit_of_work import UnitOfWork
from governance.errors import OwnStop, StopMovedOn
from governance.rules import text_problems


def release_stop(uow: UnitOfWork, stop: str, note: str) -> Done:
    """Raises Invalid, NotFound, StopMovedOn, OwnStop."""
    uow.check(may_operate)
    if problems := text_problems("note", note):
        raise Invalid(problems)
    at = uow.lock(Stop, stop)
    if at.row.released_at is not None:
        raise StopMovedOn
    if at.row.pulled_by == uow.actor.person:
        raise OwnStop
    at.row.released_by, at.row.released_at, at.row.note = uow.actor.person, at.now, note.strip()
    at.record("stop_released", stopped=at.row.what)
    at.fact("stop.released")
    return Done(stop)
