"""What an operator asked to be put right is put right, and vetting begins again."""

from __future__ import annotations

from sqlalchemy.orm import Session

from accounts.errors import StaleDetails, StepNotPossible
from accounts.marking import unmark
from accounts.members import own_registration, registration_version
from accounts.models import Organisation
from accounts.registration import OrganisationDraft, check_draft, names_of, write_details
from accounts.states import Marked, OrganisationState, after
from core.actor import Actor
from core.errors import Invalid, NotFound, Problem
from core.i18n import N_
from core.results import Done
from core.unit_of_work import UnitOfWork


def correct_organisation(
    uow: UnitOfWork, organisation: str, draft: OrganisationDraft, version: int | None = None
) -> Done:
    """By whoever registered it, while it waits or is refused. `version` is the one the writer saw.
    Raises Invalid, NotFound, NumberTaken, StepNotPossible, StaleDetails."""
    uow.check(_registered_it, organisation)
    uow.check(check_draft, draft, uow.ports.organisation_numbers)
    at = uow.lock(Organisation, organisation)
    written = own_registration(uow.session, uow.actor, organisation)
    if version is not None and version != registration_version(written):
        raise StaleDetails
    if draft.kind != at.row.kind:
        text = N_("The kind stays as it was registered.")
        raise Invalid({"kind": [Problem("kind_fixed", text)]})
    if at.row.state != OrganisationState.APPLIED:
        state = after(at.row.state, "reapply")
        if state is None:
            raise StepNotPossible
        at.row.state, at.row.reason = state, None
        at.row.decided_by = at.row.decided_at = None
    number, names = (at.row.country, at.row.number), names_of(at)
    write_details(at, draft)
    if (at.row.country, at.row.number) != number:
        unmark(at, Marked.NUMBER)
    if {**names, **{k: v.strip() for k, v in draft.names.items() if v.strip()}} != names:
        unmark(at, Marked.NAME)
    at.record("corrected", by=uow.actor.person)
    at.fact("organisation.registered")
    return Done(organisation)


def _registered_it(session: Session, actor: Actor, organisation: str) -> None:
    row = session.get(Organisation, organisation)
    if row is None or actor.person is None or row.registered_by != actor.person:
        raise NotFound
