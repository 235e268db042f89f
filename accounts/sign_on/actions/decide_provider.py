"""An operator approves or refuses an organisation's OpenID provider."""

from __future__ import annotations

from sqlalchemy import select

from accounts.errors import SecondPersonNeeded, StepNotPossible
from accounts.models import Organisation
from accounts.permissions import check_uninvolved, facts_of, is_involved, may_operate
from accounts.sign_on.models import IdentityProvider
from core.errors import Invalid, NotFound, Problem
from core.i18n import N_
from core.results import Done
from core.unit_of_work import UnitOfWork


def decide_provider(uow: UnitOfWork, provider: str, *, approve: bool, reason: str = "") -> Done:
    """Approving ends the one that was in use. Who proposed it, or sits in the organisation, does
    not decide; the table says so too. Raises Invalid, NotFound, SecondPersonNeeded,
    StepNotPossible."""
    uow.check(may_operate)
    found = uow.find(IdentityProvider.organisation, IdentityProvider.id == provider)
    if not found:
        raise NotFound
    uow.check(check_uninvolved, found[0])
    if not approve and not reason.strip():
        text = N_("Write the reason; the organisation's administrator reads it.")
        raise Invalid({"reason": [Problem("reason", text)]})
    at, p = uow.lock(Organisation, found[0]), IdentityProvider
    row = uow.session.scalars(select(p).where(p.id == provider)).one()
    if row.state != "proposed":
        raise StepNotPossible
    if is_involved(uow.actor, facts_of(at.row)) or row.proposed_by == uow.actor.person:
        raise SecondPersonNeeded
    if approve:
        in_use = select(p).where(p.organisation == found[0], p.state == "approved")
        for old in uow.session.scalars(in_use):
            old.state, old.secret = "ended", ""
        uow.session.flush()  # the index allows one in use at a time
    else:
        row.secret = ""
    row.state, row.reason = "approved" if approve else "refused", reason.strip()[:500] or None
    row.decided_by, row.decided_at = uow.actor.person, at.now
    at.record(f"provider_{row.state}", provider=provider, by=uow.actor.key)
    at.fact("organisation.sign_on_answered")
    return Done(found[0])
