"""An operator says that a return was handed in, or a volume is kept, and by what it is proven."""

from __future__ import annotations

from accounts.permissions import may_operate
from core.errors import Invalid
from core.results import Done
from core.unit_of_work import UnitOfWork
from governance.errors import FilingNotMade
from governance.filing_rules import WITHOUT_FILE, receipt_problems
from governance.filing_writing import open_filing


def hand_in_filing(uow: UnitOfWork, kind: str, period: str, receipt: str) -> Done:
    """It changes no more. Raises Invalid, NotFound, FilingNotMade, FilingHandedIn."""
    uow.check(may_operate)
    if problems := receipt_problems(receipt):
        raise Invalid(problems)
    at = open_filing(uow, kind, period)
    if kind not in WITHOUT_FILE and at.row.sha256 is None:
        raise FilingNotMade
    at.row.handed_by, at.row.handed_at = uow.actor.person, at.now
    at.row.receipt = receipt.strip()
    at.record("filing_handed_in", filing=kind, period=period, file=at.row.sha256)
    return Done(at.row.id)
