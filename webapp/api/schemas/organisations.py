"""Organisations and their members, and which relation sees what."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final

from pydantic import Field

from accounts.directory import Entry
from accounts.models import Organisation, OrganisationProfile
from accounts.profiles import INTRO_LENGTH, MOST_FIELDS, ProfileDraft
from accounts.states import OrganisationState
from core.ids import show
from webapp.api.fields import Shape, words
from webapp.api.schemas.common import Code, In, Line, Out, Prose, Word


class VerifiedOut(Out):
    """`what`: name, number or authority; `by`: registration, authority, register or call."""

    what: str
    by: str
    at: datetime


class OrganisationOut(Out):
    """`fields`: sections of the IPC. `logo`: the address of the picture."""

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
    fields: list[str]
    logo: str | None
    verified: list[VerifiedOut]
    state: str = ""
    registered_at: datetime | None = None


_PUBLIC: Final = words(
    "id url kind name names country number region website contact_name contact_mail contact_phone "
    "intro ror fields logo verified"
)
ORGANISATION: Final = Shape(
    OrganisationOut, {"public": _PUBLIC, "member": _PUBLIC | words("state registered_at")}
)


class OrganisationsOut(Out):
    """`next` is the cursor of what follows; null at the end."""

    items: list[OrganisationOut]
    next: str | None


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
        "fields": list(entry.profile.fields) if entry.profile else [],
        "logo": f"{url}/logo" if logo_of(entry) else None,
        "verified": [
            VerifiedOut(what=mark.what, by=mark.source, at=mark.verified_at) for mark in entry.marks
        ],
    }
    return ORGANISATION.show("member" if entry.inside else "public", values)


def logo_of(entry: Entry) -> str | None:
    """Its content hash, of a vetted organisation only."""
    shown = entry.profile and entry.row.state == OrganisationState.VETTED
    return entry.profile.logo if entry.profile and shown else None


class ProfileIn(In):
    """What the public page says; all of it, an empty field is emptied. `fields`: sections of the
    IPC."""

    intro_zh: Annotated[Prose, Field(max_length=INTRO_LENGTH)] = ""
    intro_en: Annotated[Prose, Field(max_length=INTRO_LENGTH)] = ""
    fields: Annotated[tuple[Code, ...], Field(max_length=MOST_FIELDS)] = ()
    website: Annotated[Line, Field(max_length=200)] = ""
    ror: Annotated[Line, Field(max_length=60)] = ""
    contact_name: Word = ""
    contact_mail: Annotated[Line, Field(max_length=254)] = ""
    contact_phone: Annotated[Word, Field(max_length=40)] = ""

    def plain(self) -> ProfileDraft:
        sent = dict(self)
        intros = {"zh": sent.pop("intro_zh"), "en": sent.pop("intro_en")}
        return ProfileDraft(intros=intros, **sent)


class ProfileOut(Out):
    """As its administrators edit it."""

    organisation: str
    intro_zh: str
    intro_en: str
    fields: list[str]
    website: str
    ror: str
    contact_name: str
    contact_mail: str
    contact_phone: str
    logo: bool


def profile_out(row: Organisation, profile: OrganisationProfile) -> ProfileOut:
    same = "website contact_name contact_mail contact_phone"
    return ProfileOut(
        organisation=show("organisation", row.id),
        intro_zh=profile.intros.get("zh", ""),
        intro_en=profile.intros.get("en", ""),
        fields=list(profile.fields),
        ror=profile.ror or "",
        logo=profile.logo is not None,
        **{name: getattr(row, name) or "" for name in same.split()},
    )
