"""What an organisation says of itself in public, beside the entries that were vetted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Organisation, OrganisationProfile
from accounts.permissions import may_organisation
from core.actor import Actor
from core.errors import Problem
from core.i18n import N_
from core.identifiers import NumberError, read_ror
from core.versions import version_of

INTRO_LENGTH: Final = 2000
"""Characters of one language's introduction."""
MOST_FIELDS: Final = 8


@dataclass(frozen=True)
class ProfileDraft:
    """What its administrator writes; `intros` by language, `fields` are sections of the IPC."""

    intros: Mapping[str, str] = field(default_factory=dict)
    fields: tuple[str, ...] = ()
    website: str = ""
    ror: str = ""
    contact_name: str = ""
    contact_mail: str = ""
    contact_phone: str = ""


def profile_problems(draft: ProfileDraft, sections: frozenset[str]) -> dict[str, list[Problem]]:
    """What must be corrected, by the names of the form's fields; {} when nothing."""
    found: dict[str, list[Problem]] = {}
    for language, text in draft.intros.items():
        if len(text) > INTRO_LENGTH:
            words = N_("Shorten this to %(length)s characters.")
            found[f"intro_{language}"] = [Problem("intro_long", words, {"length": INTRO_LENGTH})]
    if set(draft.fields) - sections or len(draft.fields) > MOST_FIELDS:
        found["fields"] = [Problem("fields", N_("One of these fields does not exist."))]
    if problem := website_problem(draft.website):
        found["website"] = [problem]
    try:
        read_ror(draft.ror) if draft.ror.strip() else None
    except NumberError as wrong:
        found["ror"] = [Problem(wrong.code, wrong.text, wrong.params)]
    return found


def website_problem(website: str) -> Problem | None:
    """An address on the web with a host in it, or nothing."""
    text = website.strip()
    if not text:
        return None
    words = N_("Write the whole address, such as https://www.example.org.")
    try:
        parts = urlsplit(text)
        good = parts.scheme in {"http", "https"} and "." in (parts.hostname or "")
    except ValueError:
        good = False
    blank = any(char.isspace() or not char.isprintable() for char in text)
    return None if good and not blank and "@" not in parts.netloc else Problem("website", words)


def profile_of(session: Session, organisation: str) -> OrganisationProfile:
    """An empty one where nothing was written yet. One query."""
    p = OrganisationProfile
    row = session.scalar(select(p).where(p.organisation == organisation))
    return row or OrganisationProfile(organisation=organisation, intros={}, fields=[])


def profile_version(row: Organisation, profile: OrganisationProfile) -> int:
    """Another one wherever an administrator wrote something else."""
    contact = (row.website, row.contact_name, row.contact_mail, row.contact_phone)
    return version_of(profile.intros, profile.fields, profile.ror, *contact)


def profile_for_editing(
    session: Session, actor: Actor, organisation: str
) -> tuple[Organisation, OrganisationProfile]:
    """For its administrators. Raises NotFound, Forbidden."""
    may_organisation(session, actor, "manage", organisation)
    return session.get_one(Organisation, organisation), profile_of(session, organisation)
