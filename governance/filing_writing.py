"""The one row of a return or volume, locked, or begun where nobody has begun it."""

from __future__ import annotations

from core.errors import NotFound
from core.ids import made_of
from core.times import legal_date
from core.unit_of_work import At, UnitOfWork
from governance.errors import FilingHandedIn
from governance.filing_rules import named_period
from governance.models import Filing


def open_filing(uow: UnitOfWork, kind: str, period: str) -> At[Filing]:
    """Raises NotFound where there is no such period or it is not over, FilingHandedIn."""
    now = uow.now(uow.open())
    found = named_period(kind, period, legal_date(now, uow.ports.zone))
    if found is None:
        raise NotFound
    id = made_of(kind, period)
    try:
        at = uow.lock(Filing, id)
    except NotFound:
        return uow.create(
            Filing(
                id=id, kind=kind, period=period, first_day=found.first, last_day=found.last,
                receipt="",
            )
        )  # fmt: skip
    if at.row.handed_at is not None:
        raise FilingHandedIn
    return at
