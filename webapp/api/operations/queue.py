"""What an office does with a listing in its queue, beside deciding it."""

from __future__ import annotations

from typing import Final

from accounts.scopes import Scope
from core.i18n import N_
from listings.actions.assign_handler import assign_handler
from listings.actions.assign_unit import assign_unit
from listings.actions.remind_people import remind_people
from webapp.api.calling import Call, Reply
from webapp.api.declaring import operation
from webapp.api.schemas.common import Empty, Hex, In, plain_id, shown_id

TAG: Final = "listings"


class HandlerIn(In):
    """An officer of the same organisation; null takes the assignment back."""

    person: shown_id("person") | None  # type: ignore[valid-type]


class OfUnitIn(In):
    """A running unit of the owner; null: of none."""

    unit: Hex | None


@operation(
    "POST", "/listings/{listing}/handler", "assignHandler", N_("Say which officer works on it"),
    TAG, scope=Scope.WRITE_LISTINGS, body=HandlerIn, status=204,
)  # fmt: skip
def handler(call: Call) -> Reply:
    call.act(assign_handler, call.id("listing"), plain_id(call.body.person))
    return Reply()


@operation(
    "POST", "/listings/{listing}/unit", "assignUnit", N_("Say to which unit it belongs"),
    TAG, scope=Scope.WRITE_LISTINGS, body=OfUnitIn, status=204,
)  # fmt: skip
def unit(call: Call) -> Reply:
    call.act(assign_unit, call.id("listing"), call.body.unit or "")
    return Reply()


@operation(
    "POST", "/listings/{listing}/reminder", "remindPeople",
    N_("Remind those whom it waits for, once a day at most"),
    TAG, scope=Scope.WRITE_LISTINGS, body=Empty, status=204,
)  # fmt: skip
def remind(call: Call) -> Reply:
    call.act(remind_people, call.id("listing"))
    return Reply()
