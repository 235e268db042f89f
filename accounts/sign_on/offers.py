"""Which organisations somebody shows to belong to: by a proven mail address of a confirmed domain,
or by an identity of the provider in use. An address of a subdomain shows nothing by itself."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.models import ContactPoint, JoinRequest, Organisation
from accounts.queries import house_state
from accounts.sign_on.linking import in_force
from accounts.sign_on.models import IdentityProvider, LinkedIdentity, OrganisationDomain
from accounts.states import OrganisationKind, OrganisationState
from core.actor import Actor


def offered_by(session: Session, person: str, organisation: str) -> set[str]:
    """What the domains and the provider that fit this person earn: `ask`, `grant`."""
    return _offers(session, person).get(organisation, set())


def offers_to(session: Session, actor: Actor) -> dict[str, set[str]]:
    """Organisation -> what is earned there, where the actor has no seat and asked for none."""
    open_ones = session.scalars(
        select(JoinRequest.organisation).where(
            JoinRequest.person == actor.person, JoinRequest.state == "open"
        )
    )
    without = actor.organisations | set(open_ones)
    found = _offers(session, actor.person or "")
    return {id: joins for id, joins in found.items() if id not in without}


def _offers(session: Session, person: str) -> dict[str, set[str]]:
    d, p, i, c, o = OrganisationDomain, IdentityProvider, LinkedIdentity, ContactPoint, Organisation
    mails = session.scalars(
        select(c.value).where(c.person == person, c.kind == "mail", c.verified_at.is_not(None))
    )
    domains = {mail.rpartition("@")[2] for mail in mails}
    house = func.coalesce(o.merged_into, o.id)
    there = house_state(o.id) == OrganisationState.VETTED, o.kind != OrganisationKind.OPERATOR
    by_domain = (
        select(house, d.joins)
        .join(o, o.id == d.organisation)
        .where(d.domain.in_(domains), d.state == "confirmed", *there)
    )
    by_provider = (
        select(house, p.joins)
        .join(i, i.issuer == p.issuer)
        .join(o, o.id == p.organisation)
        .where(i.person == person, *in_force(), p.state == "approved", *there)
    )
    found: dict[str, set[str]] = {}
    for query in (by_domain, by_provider):
        for organisation, joins in session.execute(query):
            found.setdefault(organisation, set()).add(joins)
    return found
