"""An administrator takes a domain back; whoever joined by it stays."""

from __future__ import annotations

from sqlalchemy import select

from accounts.errors import StepNotPossible
from accounts.models import Organisation
from accounts.permissions import may_organisation
from accounts.sign_on.models import OrganisationDomain
from core.errors import NotFound
from core.results import Done
from core.unit_of_work import UnitOfWork


def drop_domain(uow: UnitOfWork, domain: str) -> Done:
    """Raises StepNotPossible, Forbidden, NotFound."""
    d = OrganisationDomain
    found = uow.find(d.organisation, d.id == domain)
    if not found:
        raise NotFound
    uow.check(may_organisation, "manage", found[0])
    at = uow.lock(Organisation, found[0])
    row = uow.session.scalars(select(d).where(d.id == domain)).one()
    if row.state not in {"claimed", "confirmed"}:
        raise StepNotPossible
    row.state = "ended"
    at.record("domain_ended", domain=domain)
    return Done(found[0])
