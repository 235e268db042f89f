"""An administrator says that a domain is the organisation's."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Organisation
from accounts.permissions import may_organisation
from accounts.sign_on.errors import DomainTaken, TooManyDomains
from accounts.sign_on.models import OrganisationDomain
from accounts.sign_on.rules import MOST_DOMAINS, domain_problems, joins_problems, read_domain
from core.actor import Actor
from core.errors import Invalid
from core.ids import new_id
from core.results import Done
from core.unit_of_work import UnitOfWork


def claim_domain(uow: UnitOfWork, organisation: str, typed: str, joins: str) -> Done:
    """Nobody joins by it before an operator confirmed it. Raises Invalid, DomainTaken,
    TooManyDomains, Forbidden, NotFound."""
    uow.check(may_organisation, "manage", organisation)
    domain = read_domain(typed)
    uow.check(_well_written, domain)
    at, d = uow.lock(Organisation, organisation), OrganisationDomain
    if wrong := joins_problems(at.row.kind, joins):
        raise Invalid({"joins": wrong})
    rows = list(
        uow.session.scalars(
            select(d).where(d.organisation == organisation, d.state.in_(("claimed", "confirmed")))
        )
    )
    if any(row.domain == domain for row in rows):
        raise DomainTaken
    if len(rows) >= MOST_DOMAINS:
        raise TooManyDomains(most=MOST_DOMAINS)
    id = new_id()
    at.add(
        OrganisationDomain(
            id=id,
            organisation=organisation,
            domain=domain,
            joins=joins,
            claimed_by=uow.actor.person,
            claimed_at=at.now,
        )
    )
    at.record("domain_claimed", domain=id)
    at.fact("organisation.sign_on_asked")
    return Done(id)


def _well_written(_session: Session, _actor: Actor, domain: str) -> None:
    if problems := domain_problems(domain):
        raise Invalid({"domain": problems})
