"""An operator takes a sanction back before its term is over."""

from __future__ import annotations

from accounts.errors import SanctionMovedOn
from accounts.models import Sanction
from accounts.permissions import may_operate
from accounts.sanctioning import TERM, check_sanction
from accounts.sanctions import SanctionState
from core.errors import Invalid, Problem
from core.i18n import N_
from core.results import Done
from core.unit_of_work import UnitOfWork


def lift_sanction(uow: UnitOfWork, sanction: str, note: str) -> Done:
    """`note`: the reason, which whom it concerns reads. Raises Invalid, NotFound,
    SecondPersonNeeded, SanctionMovedOn."""
    uow.check(may_operate)
    uow.check(check_sanction, sanction)
    if not note.strip():
        words = N_("Write the reason; whom it concerns reads it.")
        raise Invalid({"note": [Problem("note_missing", words)]})
    at = uow.lock(Sanction, sanction)
    if at.row.state != SanctionState.IN_FORCE:
        raise SanctionMovedOn
    at.row.state, at.row.note = SanctionState.LIFTED, note.strip()
    at.row.lifted_by, at.row.lifted_at = uow.actor.person, at.now
    at.timer(TERM, None)
    at.record("lifted", by=uow.actor.key)
    at.fact("sanction.lifted")
    return Done(sanction)
