"""An organisation keeps a Word template of its own for the contracts of its deals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from contracts.sheet import EDITIONS
from contracts.templates.models import ContractTemplate
from contracts.templates.permissions import check_keeps_templates
from core.errors import Invalid, Problem
from core.i18n import N_
from core.results import Done
from core.unit_of_work import UnitOfWork

LONGEST_NAME: Final = 100


@dataclass(frozen=True)
class NewTemplate:
    """The file is stored and was read already (`checking.template_problems`)."""

    owner_org: str
    name: str
    edition: str
    sha256: str
    size: int


def add_template(uow: UnitOfWork, new: NewTemplate) -> Done:
    """Another text is another template; contracts that were made keep what they say.

    Raises NotFound, Invalid.
    """
    uow.check(check_keeps_templates, new.owner_org)
    if problems := _problems(new):
        raise Invalid(problems)
    session = uow.open()
    row = ContractTemplate(
        owner_org=new.owner_org,
        name=new.name.strip(),
        edition=new.edition,
        sha256=new.sha256,
        size=new.size,
        added_by=uow.actor.person,
        added_at=uow.now(session),
    )
    at = uow.create(row)
    at.record("template_added", edition=new.edition, sha256=new.sha256)
    return Done(at.row.id)


def _problems(new: NewTemplate) -> dict[str, list[Problem]]:
    problems: dict[str, list[Problem]] = {}
    if new.edition not in EDITIONS:
        problems["edition"] = [Problem("edition", N_("Choose the language of the template."))]
    if not new.name.strip():
        problems["name"] = [Problem("missing", N_("Fill this in."))]
    elif len(new.name) > LONGEST_NAME:
        words = N_("Shorten this to %(length)s characters.")
        problems["name"] = [Problem("long", words, {"length": LONGEST_NAME})]
    return problems
