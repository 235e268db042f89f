"""An administrator adds a department or branch."""

from __future__ import annotations

from accounts.units.changing import check_unit, lock_for_units
from accounts.units.models import Unit
from core.ids import new_id
from core.results import Done
from core.unit_of_work import UnitOfWork


def add_unit(uow: UnitOfWork, organisation: str, kind: str, name: str, name_en: str = "") -> Done:
    """Answers the unit's id. Raises Invalid, NotFound, Forbidden."""
    at = lock_for_units(uow, organisation)
    check_unit(at, kind, name, name_en)
    unit = new_id()
    at.add(
        Unit(
            id=unit, organisation=organisation, kind=kind, name=name.strip(),
            name_en=name_en.strip(), made_at=at.now,
        )
    )  # fmt: skip
    at.record("unit_added", unit=unit, kind=kind)
    return Done(unit)
