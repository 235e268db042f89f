"""An organisation takes its sign-on away; its people go on with their passwords."""

from __future__ import annotations

from sqlalchemy import select

from accounts.errors import StepNotPossible
from accounts.models import Organisation
from accounts.permissions import may, may_organisation
from accounts.sign_on.models import IdentityProvider
from core.results import Done
from core.unit_of_work import UnitOfWork


def end_provider(uow: UnitOfWork, organisation: str) -> Done:
    """Also for an operator, at once. Raises StepNotPossible, Forbidden, NotFound."""
    if not may(uow.actor, "operate"):
        uow.check(may_organisation, "manage", organisation)
    at, p = uow.lock(Organisation, organisation), IdentityProvider
    open_ones = p.organisation == organisation, p.state.in_(("proposed", "approved"))
    rows = list(uow.session.scalars(select(p).where(*open_ones)))
    if not rows:
        raise StepNotPossible
    for row in rows:
        row.state, row.secret = "ended", ""
        at.record("provider_ended", provider=row.id, by=uow.actor.key)
    return Done(organisation)
