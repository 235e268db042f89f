"""The term of a sanction is over."""

from __future__ import annotations

from accounts.models import Sanction
from accounts.sanctioning import TERM
from accounts.sanctions import SanctionState
from core.results import Done
from core.unit_of_work import UnitOfWork


def settle_sanction(uow: UnitOfWork, sanction: str) -> Done:
    """Timer and Due both come here."""
    at = uow.lock(Sanction, sanction)
    over = at.row.until is not None and at.now >= at.row.until
    if over and at.row.state == SanctionState.IN_FORCE:
        at.row.state = SanctionState.ENDED
        at.timer(TERM, None)
        at.record("term_over")
        at.fact("sanction.ended")
    return Done(sanction)
