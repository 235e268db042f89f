"""What is asked of an organisation that registers, and the port to its country's own rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy.orm import Session

from accounts.errors import NumberTaken
from accounts.models import Organisation, OrganisationName
from accounts.queries import find_organisation
from accounts.rules import registration_problems
from core.actor import Actor
from core.errors import Invalid, Problem
from core.i18n import N_
from core.unit_of_work import At


class NumberRules(Protocol):
    """Registration numbers of the countries that the market knows; injected by bootstrap."""

    def normalise(self, country: str, number: str) -> str | None:
        """The number as it is stored, or None where its form or check digit is wrong."""
        ...


class AnyNumber:
    """Knows no country's rules: every number stands as it was written."""

    def normalise(self, country: str, number: str) -> str | None:  # noqa: ARG002
        return " ".join(number.split()).upper() or None

    def __str__(self) -> str:
        return "any number"


@dataclass(frozen=True)
class OrganisationDraft:
    """What somebody writes about an organisation; names by language."""

    kind: str
    names: dict[str, str]
    number: str
    original: str = "zh"
    country: str = "CN"
    register: str = ""
    region: str = ""
    website: str = ""
    contact_name: str = ""
    contact_mail: str = ""
    contact_phone: str = ""
    roles: tuple[str, ...] = field(default=())
    """Further roles of the one who registers, beside administering."""


def check_draft(
    session: Session, _actor: Actor, draft: OrganisationDraft, numbers: NumberRules
) -> None:
    """For `uow.check`. Raises Invalid, NumberTaken."""
    problems = registration_problems(
        draft.kind, draft.names, draft.country, draft.register, draft.number, draft.region
    )
    number = numbers.normalise(draft.country, draft.number)
    if number is None and "number" not in problems:
        text = N_("The check digit of this number does not fit. Compare it with the certificate.")
        problems["number"] = [Problem("number_check", text)]
    if problems:
        raise Invalid(problems)
    if find_organisation(session, draft.country, number or ""):
        raise NumberTaken


def write_details(at: At[Organisation], draft: OrganisationDraft, numbers: NumberRules) -> None:
    """Puts a checked draft into the locked organisation; its kind never changes."""
    row = at.row
    row.country = draft.country
    row.register = draft.register.strip() or None if draft.country != "CN" else None
    row.number = numbers.normalise(draft.country, draft.number) or draft.number
    row.region = draft.region or None
    row.website = draft.website.strip() or None
    row.contact_name = draft.contact_name.strip() or None
    row.contact_mail = draft.contact_mail.strip() or None
    row.contact_phone = draft.contact_phone.strip() or None
    write_names(at, draft.names, draft.original)


def write_names(at: At[Organisation], names: dict[str, str], original: str) -> None:
    """One row per language that has a name; the original is marked, or the only one is."""
    given = {language: name.strip() for language, name in names.items() if name.strip()}
    first = original if original in given else next(iter(given))
    for language, name in given.items():
        key = (at.row.id, language)
        row = None if at.fresh else at.uow.session.get(OrganisationName, key)
        if row is None:
            row = OrganisationName(organisation=at.row.id, language=language)
            at.add(row)
        row.name, row.original = name, language == first
