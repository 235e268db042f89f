"""What the changes of units share: the locked organisation, its running units, the row."""

from __future__ import annotations

from sqlalchemy import select

from accounts.models import Organisation
from accounts.permissions import may_organisation
from accounts.units.models import Unit
from accounts.units.rules import unit_problems
from core.errors import Invalid, NotFound
from core.unit_of_work import At, UnitOfWork


def lock_for_units(uow: UnitOfWork, organisation: str) -> At[Organisation]:
    """For its administrators. Raises NotFound, Forbidden."""
    uow.check(may_organisation, "manage", organisation)
    return uow.lock(Organisation, organisation)


def lock_unit(uow: UnitOfWork, unit: str) -> tuple[At[Organisation], Unit]:
    """A running unit under its organisation's lock. Raises NotFound, Forbidden."""
    found = uow.find(Unit.organisation, Unit.id == unit)
    if not found:
        raise NotFound
    at = lock_for_units(uow, found[0])
    row = uow.session.scalars(select(Unit).where(Unit.id == unit)).one()
    if row.closed_at is not None:
        raise NotFound
    return at, row


def check_unit(at: At[Organisation], kind: str, name: str, name_en: str, but: str = "") -> None:
    """Raises Invalid."""
    u = Unit
    running = select(u.name).where(u.organisation == at.row.id, u.closed_at.is_(None), u.id != but)
    taken = set(at.uow.session.scalars(running))
    if problems := unit_problems(kind, name, name_en, taken):
        raise Invalid(problems)
