"""What is asked of an organisation that registers, checked by its country's own rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.errors import LooksLikeAnother, NumberTaken
from accounts.models import Organisation, OrganisationName
from accounts.profiles import website_problem
from accounts.queries import find_organisation
from accounts.rules import registration_problems
from accounts.similar import similar_organisations
from core.actor import Actor
from core.errors import Invalid
from core.ports import NumberCheck
from core.unit_of_work import At


def normalise_number(checks: Mapping[str, NumberCheck], country: str, number: str) -> str:
    """The number as it is stored. Raises Invalid where the country's own check refuses it.

    A number of a country whose check the market does not have is kept as it was written, but in
    capitals and with single blanks: so the same one is found again.
    """
    if country in checks:
        return checks[country](number)
    return " ".join(number.split()).upper()


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
    distinct: bool = False
    """Its writer has seen the organisations with a similar name, and it is none of them."""


def check_draft(
    session: Session,
    _actor: Actor,
    draft: OrganisationDraft,
    checks: Mapping[str, NumberCheck],
) -> None:
    """For `uow.check`. Raises Invalid, NumberTaken."""
    problems = registration_problems(
        draft.kind, draft.names, draft.country, draft.register, draft.number, draft.region
    )
    if problem := website_problem(draft.website):
        problems["website"] = [problem]
    number = ""
    try:
        number = normalise_number(checks, draft.country, draft.number)
    except Invalid as wrong:
        problems.setdefault("number", [found for one in wrong.problems.values() for found in one])
    if problems:
        raise Invalid(problems)
    if find_organisation(session, draft.country, number):
        raise NumberTaken


def check_distinct(session: Session, _actor: Actor, draft: OrganisationDraft) -> None:
    """For `uow.check`. Raises LooksLikeAnother where nobody has looked at the similar names."""
    if not draft.distinct and similar_organisations(session, draft.names.values(), vetted=True):
        raise LooksLikeAnother


def write_details(at: At[Organisation], draft: OrganisationDraft) -> None:
    """Puts a checked draft into the locked organisation; its kind never changes."""
    row = at.row
    row.country = draft.country
    row.register = draft.register.strip() or None if draft.country != "CN" else None
    checks = at.uow.ports.organisation_numbers
    row.number = normalise_number(checks, draft.country, draft.number)
    row.region = draft.region or None
    row.website = draft.website.strip() or None
    row.contact_name = draft.contact_name.strip() or None
    row.contact_mail = draft.contact_mail.strip() or None
    row.contact_phone = draft.contact_phone.strip() or None
    write_names(at, draft.names, draft.original)


def names_of(at: At[Organisation]) -> dict[str, str]:
    """language -> name of the locked organisation."""
    n = OrganisationName
    rows = at.uow.session.scalars(select(n).where(n.organisation == at.row.id))
    return {row.language: row.name for row in rows}


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
