"""Organisations and their members, and which relation sees what."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from accounts.directory import Entry
from accounts.members import SeatLine
from core.ids import show
from webapp.api.fields import Shape, words
from webapp.api.schemas.common import Out


class VerifiedOut(Out):
    """`what`: name, number or authority; `by`: registration, authority, register or call."""

    what: str
    by: str
    at: datetime


class OrganisationOut(Out):
    id: str
    url: str
    kind: str
    name: str
    names: dict[str, str]
    country: str
    number: str
    region: str | None
    website: str | None
    contact_name: str | None
    contact_mail: str | None
    contact_phone: str | None
    intro: dict[str, str]
    ror: str | None
    verified: list[VerifiedOut]
    state: str = ""
    registered_at: datetime | None = None


_PUBLIC: Final = words(
    "id url kind name names country number region website contact_name contact_mail contact_phone "
    "intro ror verified"
)
ORGANISATION: Final = Shape(
    OrganisationOut, {"public": _PUBLIC, "member": _PUBLIC | words("state registered_at")}
)


class OrganisationsOut(Out):
    """`next` is the cursor of what follows; null at the end."""

    items: list[OrganisationOut]
    next: str | None


class SeatOut(Out):
    person: str
    name: str
    roles: list[str]
    title: str | None
    since: datetime


class SeatsOut(Out):
    items: list[SeatOut]


def organisation_out(entry: Entry, language: str, url: str) -> OrganisationOut:
    same = (
        "kind country number region website contact_name contact_mail contact_phone state "
        "registered_at"
    )
    values = {name: getattr(entry.row, name) for name in same.split()}
    values |= {
        "id": show("organisation", entry.row.id),
        "url": url,
        "name": entry.name(language),
        "names": dict(entry.names),
        "intro": dict(entry.profile.intros) if entry.profile else {},
        "ror": entry.profile.ror if entry.profile else None,
        "verified": [
            VerifiedOut(what=mark.what, by=mark.source, at=mark.verified_at) for mark in entry.marks
        ],
    }
    return ORGANISATION.show("member" if entry.inside else "public", values)


def seat_out(seat: SeatLine) -> SeatOut:
    return SeatOut(
        person=show("person", seat.person),
        name=seat.person_name,
        roles=sorted(seat.works),
        title=seat.title,
        since=seat.starts_at,
    )
