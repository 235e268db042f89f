"""Members of an organisation and its units; what its administrators see besides."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final, Literal

from pydantic import Field

from accounts.members import InvitationLine, RequestLine, SeatLine
from accounts.states import Role
from accounts.units.models import Unit
from accounts.units.rules import UnitKind
from core.ids import show
from webapp.api.fields import Shape, words
from webapp.api.schemas.common import Hex, In, Language, Line, Out, Word, shown_id

Roles = Annotated[tuple[Role, ...], Field(min_length=1, max_length=len(Role))]


class SeatOut(Out):
    """`unit`: the department or branch in which the person sits."""

    person: str
    name: str
    roles: list[str]
    title: str | None
    since: datetime
    membership: str = ""
    unit: str | None = None


_MEMBER: Final = words("person name roles title since")
SEAT: Final = Shape(SeatOut, {"member": _MEMBER, "admin": _MEMBER | {"membership", "unit"}})


class SeatsOut(Out):
    items: list[SeatOut]


class InvitationOut(Out):
    """`sent_to` is masked, as on the page."""

    id: str
    sent_to: str
    roles: list[str]
    expires_at: datetime


class InvitationsOut(Out):
    items: list[InvitationOut]


class InviteIn(In):
    """`contact`: mail or mobile number. Roles that let their holder manage others or publish are
    given on the page alone."""

    contact: Word
    roles: Roles
    language: Language = "zh"


class JoinRequestOut(Out):
    id: str
    name: str
    note: str
    asked_at: datetime


class JoinRequestsOut(Out):
    items: list[JoinRequestOut]


class AskIn(In):
    note: Line = ""


class JoinAnswerIn(In):
    """`roles` of whoever is admitted."""

    answer: Literal["accept", "refuse"]
    roles: Annotated[tuple[Role, ...], Field(max_length=len(Role))] = ()


class RolesIn(In):
    roles: Roles


class HeirIn(In):
    """Who takes over from a member who leaves without naming a colleague; null: the
    administrators."""

    person: shown_id("person") | None  # type: ignore[valid-type]


class HeirOut(Out):
    person: str | None


class PlaceIn(In):
    """Null: in no unit."""

    unit: Hex | None


class UnitIn(In):
    kind: UnitKind
    name: Word
    name_en: Word = ""


class UnitOut(Out):
    """`version` is what If-Match names when the unit is edited."""

    id: str
    kind: str
    name: str
    name_en: str
    made_at: datetime
    closed_at: datetime | None
    version: int


class UnitsOut(Out):
    items: list[UnitOut]


def seat_out(seat: SeatLine, units: dict[str, str], *, manages: bool) -> SeatOut:
    """`units`: membership -> unit."""
    values = {
        "person": show("person", seat.person),
        "name": seat.person_name,
        "roles": sorted(seat.works),
        "title": seat.title,
        "since": seat.starts_at,
        "membership": seat.id,
        "unit": units.get(seat.id),
    }
    return SEAT.show("admin" if manages else "member", values)


def invitation_out(line: InvitationLine) -> InvitationOut:
    return InvitationOut(
        id=line.id, sent_to=line.contact.masked(), roles=line.roles, expires_at=line.expires_at
    )


def request_out(line: RequestLine) -> JoinRequestOut:
    return JoinRequestOut(**vars(line))


def unit_out(row: Unit) -> UnitOut:
    same = "id kind name name_en made_at closed_at"
    return UnitOut(version=row.written, **{name: getattr(row, name) for name in same.split()})
