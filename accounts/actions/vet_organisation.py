"""An operator decides about an organisation that is not their own."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from accounts.errors import NumberTaken, SecondPersonNeeded, StepNotPossible
from accounts.marking import check_marks, write_marks
from accounts.models import Organisation
from accounts.permissions import check_uninvolved, facts_of, is_involved, may_operate
from accounts.queries import find_organisation
from accounts.states import DECISIONS, OrganisationState, after
from core.actor import Actor
from core.errors import Invalid, Problem
from core.i18n import N_
from core.results import Done
from core.unit_of_work import UnitOfWork


def vet_organisation(
    uow: UnitOfWork,
    organisation: str,
    decision: str,
    reason: str = "",
    marks: Mapping[str, str] | None = None,
) -> Done:
    """`decision`: approve, refuse, suspend or restore; refusing and suspending want a reason.
    `marks`: what was verified in deciding -> by what.

    Who registered the organisation or sits in it cannot decide; the table says so too. Raises
    Invalid, NotFound, SecondPersonNeeded, StepNotPossible, NumberTaken.
    """
    uow.check(may_operate)
    uow.check(check_uninvolved, organisation)
    uow.check(_well_decided, decision, reason)
    uow.check(check_marks, organisation, marks or {})
    at = uow.lock(Organisation, organisation)
    state = after(at.row.state, decision)
    if state is None:
        raise StepNotPossible
    if is_involved(uow.actor, facts_of(at.row)):
        raise SecondPersonNeeded
    other = find_organisation(uow.session, at.row.country, at.row.number)
    if state == OrganisationState.VETTED and other not in (None, organisation):
        raise NumberTaken
    at.row.state, at.row.reason = state, reason.strip() or None
    uow.check(check_marks, organisation, marks or {})
    write_marks(at, marks or {})
    at.row.decided_by, at.row.decided_at = uow.actor.person, at.now
    at.record(f"decided_{decision}", by=uow.actor.key, state=state)
    at.fact(f"organisation.{state.value}")
    return Done(organisation)


def _well_decided(_session: Session, _actor: Actor, decision: str, reason: str) -> None:
    if decision not in DECISIONS:
        text = N_("Choose what is decided.")
        raise Invalid({"decision": [Problem("decision", text)]})
    if decision in {"refuse", "suspend"} and not reason.strip():
        text = N_("Write the reason; the organisation's administrator reads it.")
        raise Invalid({"reason": [Problem("reason", text)]})
