"""An administrator corrects what a unit is called."""

from __future__ import annotations

from accounts.errors import StaleDetails
from accounts.units.changing import check_unit, lock_unit
from core.results import Done
from core.unit_of_work import UnitOfWork


def edit_unit(
    uow: UnitOfWork, unit: str, kind: str, name: str, name_en: str = "", version: int | None = None
) -> Done:
    """Answers the organisation's id. `version` is the one the writer saw. Raises Invalid,
    StaleDetails, NotFound, Forbidden."""
    at, row = lock_unit(uow, unit)
    if version is not None and version != row.written:
        raise StaleDetails
    check_unit(at, kind, name, name_en, but=unit)
    row.kind, row.name, row.name_en = kind, name.strip(), name_en.strip()
    at.record("unit_edited", unit=unit, kind=kind)
    return Done(at.row.id)
