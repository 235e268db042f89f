"""An administrator says in which unit a member sits."""

from __future__ import annotations

from sqlalchemy import select

from accounts.errors import StaleDetails
from accounts.models import Membership
from accounts.units.changing import lock_for_units
from accounts.units.queries import running
from core.errors import Invalid, NotFound, Problem
from core.i18n import N_
from core.results import Done
from core.unit_of_work import UnitOfWork
from core.versions import version_of


def place_member(uow: UnitOfWork, membership: str, unit: str, version: int | None = None) -> Done:
    """`unit` empty: in none. Answers the organisation's id. `version` is the one the writer saw.
    Raises Invalid, StaleDetails, NotFound, Forbidden."""
    found = uow.find(Membership.organisation, Membership.id == membership)
    if not found:
        raise NotFound
    at = lock_for_units(uow, found[0])
    if unit and unit not in {row.id for row in running(uow.session, [at.row.id])}:
        words = N_("Choose a unit of this organisation.")
        raise Invalid({"unit": [Problem("unit", words)]})
    row = uow.session.scalars(select(Membership).where(Membership.id == membership)).one()
    if version is not None and version != version_of(row.unit):
        raise StaleDetails
    row.unit = unit or None
    at.record("member_placed", membership=membership, unit=unit or None)
    return Done(at.row.id)
