"""Departments and branches of an organisation: read by its members, kept by administrators."""

from __future__ import annotations

from typing import Final

from accounts.errors import StaleDetails
from accounts.permissions import may_organisation
from accounts.scopes import Scope
from accounts.units.actions.add_unit import add_unit
from accounts.units.actions.close_unit import close_unit
from accounts.units.actions.edit_unit import edit_unit
from accounts.units.models import Unit
from accounts.units.queries import units_of
from core.errors import NotFound
from core.i18n import N_
from webapp.api.calling import Call, Reply
from webapp.api.declaring import operation
from webapp.api.errors import VersionStale
from webapp.api.schemas.common import Empty
from webapp.api.schemas.members import UnitIn, UnitOut, UnitsOut, unit_out

TAG: Final = "organisations"


def _units(call: Call) -> list[Unit]:
    """Raises NotFound, Forbidden."""
    id = call.id("organisation")
    with call.look() as at:
        may_organisation(at.session, call.actor, "read_members", id)
        return units_of(at.session, id)


def _named(call: Call) -> Unit:
    found = next((one for one in _units(call) if one.id == call.id("unit")), None)
    if found is None:
        raise NotFound(ref=f"unit:{call.id('unit')}")
    return found


def _all(call: Call) -> Reply:
    return Reply(UnitsOut(items=[unit_out(row) for row in _units(call)]))


def _one(call: Call) -> Reply:
    row = _named(call)
    return Reply(unit_out(row), row.written)


@operation(
    "GET", "/organisations/{organisation}/units", "listUnits",
    N_("Departments and branches, closed ones last"), TAG,
    scope=Scope.READ_ORGANISATION, answer=UnitsOut,
)  # fmt: skip
def list_units(call: Call) -> Reply:
    return _all(call)


@operation(
    "GET", "/organisations/{organisation}/units/{unit}", "readUnit",
    N_("One department or branch"), TAG,
    scope=Scope.READ_ORGANISATION, answer=UnitOut, tagged=True,
)  # fmt: skip
def read_unit(call: Call) -> Reply:
    return _one(call)


@operation(
    "POST", "/organisations/{organisation}/units", "addUnit", N_("Add a department or branch"),
    TAG, scope=Scope.WRITE_ORGANISATION, body=UnitIn, answer=UnitsOut, status=201,
)  # fmt: skip
def add(call: Call) -> Reply:
    sent = call.body
    call.act(add_unit, call.id("organisation"), sent.kind, sent.name, sent.name_en)
    return _all(call)


@operation(
    "PUT", "/organisations/{organisation}/units/{unit}", "editUnit",
    N_("Correct what a unit is called"), TAG,
    scope=Scope.WRITE_ORGANISATION, body=UnitIn, answer=UnitOut, guarded=True, tagged=True,
)  # fmt: skip
def edit(call: Call) -> Reply:
    unit, sent = _named(call).id, call.body
    try:
        call.act(edit_unit, unit, sent.kind, sent.name, sent.name_en, version=call.version)
    except StaleDetails:
        raise VersionStale from None
    return _one(call)


@operation(
    "POST", "/organisations/{organisation}/units/{unit}/close", "closeUnit",
    N_("Close a unit: nothing new names it"), TAG,
    scope=Scope.WRITE_ORGANISATION, body=Empty, answer=UnitOut, tagged=True,
)  # fmt: skip
def close(call: Call) -> Reply:
    call.act(close_unit, _named(call).id)
    return _one(call)
