"""Another operator approves an amendment; it is public from then on."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from governance.deciding import decide


def approve_amendment(uow: UnitOfWork, amendment: str, note: str = "") -> Done:
    """It takes effect on its day; what the days of notice no longer allow is refused and must be
    proposed anew. Raises Invalid, NotFound, AmendmentMovedOn, OtherOperatorNeeded."""
    return decide(uow, amendment, "approved", note)
