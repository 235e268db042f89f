"""An operator has the file of a return or volume made from the rows of its period."""

from __future__ import annotations

from accounts.permissions import may_operate
from core.errors import NotFound
from core.results import Done
from core.unit_of_work import UnitOfWork
from governance.filing_rules import WITHOUT_FILE
from governance.filing_writing import open_filing


def make_filing(uow: UnitOfWork, kind: str, period: str, sha256: str, size: int) -> Done:
    """The file is in the store already; made again, it replaces the one before until it is handed
    in. Raises NotFound, FilingHandedIn."""
    uow.check(may_operate)
    if kind in WITHOUT_FILE:
        raise NotFound
    at = open_filing(uow, kind, period)
    at.row.sha256, at.row.size = sha256, size
    at.row.made_by, at.row.made_at = uow.actor.person, at.now
    at.record("filing_made", filing=kind, period=period, file=sha256, size=size)
    return Done(at.row.id)
