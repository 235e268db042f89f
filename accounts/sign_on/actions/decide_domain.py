"""An operator confirms that a domain is an organisation's, and notes what showed it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from accounts.errors import SecondPersonNeeded, StepNotPossible
from accounts.models import Organisation
from accounts.permissions import check_uninvolved, facts_of, is_involved, may_operate
from accounts.sign_on.errors import DomainTaken
from accounts.sign_on.models import OrganisationDomain
from core.errors import Invalid, NotFound, Problem
from core.i18n import N_
from core.results import Done
from core.unit_of_work import UnitOfWork


def decide_domain(uow: UnitOfWork, domain: str, *, confirm: bool, evidence: str) -> Done:
    """Raises Invalid, DomainTaken, NotFound, SecondPersonNeeded, StepNotPossible."""
    uow.check(may_operate)
    d = OrganisationDomain
    found = uow.find(d.organisation, d.id == domain)
    if not found:
        raise NotFound
    uow.check(check_uninvolved, found[0])
    if not evidence.strip():
        text = N_(
            "Write what you looked at: the register of the domain, the public website, a call."
        )
        raise Invalid({"reason": [Problem("evidence", text)]})
    at = uow.lock(Organisation, found[0])
    row = uow.session.scalars(select(d).where(d.id == domain)).one()
    if row.state != "claimed":
        raise StepNotPossible
    if is_involved(uow.actor, facts_of(at.row)) or row.claimed_by == uow.actor.person:
        raise SecondPersonNeeded
    elsewhere = select(d.id).where(d.domain == row.domain, d.state == "confirmed")
    if confirm and uow.session.scalar(elsewhere):
        raise DomainTaken
    row.state, row.evidence = "confirmed" if confirm else "refused", evidence.strip()[:500]
    row.decided_by, row.decided_at = uow.actor.person, at.now
    at.record(f"domain_{row.state}", domain=domain, by=uow.actor.key)
    try:
        uow.session.flush()
    except IntegrityError:  # two organisations at once, whose locks do not keep each other out
        raise DomainTaken from None
    at.fact("organisation.sign_on_answered")
    return Done(found[0])
