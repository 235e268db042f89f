"""An operator says what they verified of an organisation, and by what."""

from __future__ import annotations

from collections.abc import Mapping

from accounts.errors import SecondPersonNeeded
from accounts.marking import check_marks, write_marks
from accounts.models import Organisation
from accounts.permissions import check_uninvolved, facts_of, is_involved, may_operate
from core.results import Done
from core.unit_of_work import UnitOfWork


def verify_organisation(uow: UnitOfWork, organisation: str, marks: Mapping[str, str]) -> Done:
    """`marks`: name, number or authority -> by what; empty takes a mark off. Decides nothing.

    Raises Invalid, NotFound, SecondPersonNeeded.
    """
    uow.check(may_operate)
    uow.check(check_uninvolved, organisation)
    uow.check(check_marks, organisation, marks)
    at = uow.lock(Organisation, organisation)
    uow.check(check_marks, organisation, marks)
    if is_involved(uow.actor, facts_of(at.row)):
        raise SecondPersonNeeded
    write_marks(at, marks)
    return Done(organisation)
