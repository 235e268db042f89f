"""An operator has looked again at who sells here: the same name and number, by what."""

from __future__ import annotations

from collections.abc import Mapping

from accounts.errors import SecondPersonNeeded, StepNotPossible
from accounts.marking import check_marks, renew_marks
from accounts.models import Organisation
from accounts.permissions import check_uninvolved, facts_of, is_involved, may_operate
from accounts.states import Marked, OrganisationState
from core.errors import Invalid, Problem
from core.i18n import N_
from core.results import Done
from core.unit_of_work import UnitOfWork

NEEDED = (Marked.NAME, Marked.NUMBER)
"""Without these an identity was not verified (E-Commerce Law, art. 27)."""


def verify_again(uow: UnitOfWork, organisation: str, marks: Mapping[str, str]) -> Done:
    """`marks`: name, number and, if it was looked at, authority -> by what. All of them count from
    today, also by the same source. Raises Invalid, NotFound, SecondPersonNeeded, StepNotPossible.
    """
    uow.check(may_operate)
    uow.check(check_uninvolved, organisation)
    words = N_("Say by what you verified it again; nothing may be left out.")
    if missing := [what for what in NEEDED if not marks.get(what)]:
        raise Invalid({f"by_{what}": [Problem("mark", words)] for what in missing})
    uow.check(check_marks, organisation, marks)
    at = uow.lock(Organisation, organisation)
    uow.check(check_marks, organisation, marks)
    if is_involved(uow.actor, facts_of(at.row)):
        raise SecondPersonNeeded
    if at.row.state != OrganisationState.VETTED:
        raise StepNotPossible
    renew_marks(at, marks)
    return Done(organisation)
