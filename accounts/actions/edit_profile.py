"""A person corrects how they are named and in which language letters come."""

from __future__ import annotations

from sqlalchemy.orm import Session

from accounts.errors import StaleDetails
from accounts.members import profile_version
from accounts.models import Person
from accounts.permissions import is_person
from accounts.rules import name_problems
from core.actor import Actor
from core.errors import Invalid
from core.results import Done
from core.unit_of_work import UnitOfWork


def edit_profile(
    uow: UnitOfWork, name: str, latin_name: str, language: str, version: int | None = None
) -> Done:
    """`version` is the one the writer saw. Raises Invalid, Forbidden, StaleDetails."""
    uow.check(is_person)
    uow.check(_well_named, name)
    at = uow.lock(Person, uow.actor.person or "")
    if version is not None and version != profile_version(at.row):
        raise StaleDetails
    at.row.name, at.row.latin_name = name.strip(), latin_name.strip() or None
    at.row.language = language
    at.record("profile_edited")
    return Done(at.row.id)


def _well_named(_session: Session, _actor: Actor, name: str) -> None:
    if problems := name_problems(name):
        raise Invalid({"name": problems})
