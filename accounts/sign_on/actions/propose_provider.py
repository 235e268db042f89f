"""An administrator names the OpenID provider of the organisation."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Organisation
from accounts.permissions import may_organisation
from accounts.sign_on.keeping import seal
from accounts.sign_on.models import IdentityProvider
from accounts.sign_on.rules import issuer_problems, joins_problems
from core.actor import Actor
from core.errors import Invalid, Problem
from core.i18n import N_
from core.ids import new_id
from core.outbound import OutboundRefused
from core.ports import Ports
from core.results import Done
from core.unit_of_work import UnitOfWork


def propose_provider(
    uow: UnitOfWork, organisation: str, issuer: str, client: str, secret: str, joins: str
) -> Done:
    """Waits for an operator; one that waited before is taken back, one in use stays until then.
    Raises Invalid, Forbidden, NotFound."""
    uow.check(may_organisation, "manage", organisation)
    uow.check(_well_named, uow.ports, issuer, client, secret)
    at = uow.lock(Organisation, organisation)
    if wrong := joins_problems(at.row.kind, joins):
        raise Invalid({"joins": wrong})
    p = IdentityProvider
    waiting = select(p).where(p.organisation == organisation, p.state == "proposed")
    for old in uow.session.scalars(waiting):
        old.state, old.secret = "ended", ""
    id = new_id()
    row = IdentityProvider(
        id=id,
        organisation=organisation,
        issuer=issuer,
        client=client,
        secret=seal(uow.ports.secret, id, secret),
        joins=joins,
        proposed_by=uow.actor.person,
        proposed_at=at.now,
    )
    at.add(row)
    at.record("provider_proposed", provider=id)
    at.fact("organisation.sign_on_asked")
    return Done(id)


def _well_named(
    _session: Session, _actor: Actor, ports: Ports, issuer: str, client: str, secret: str
) -> None:
    problems = {"issuer": issuer_problems(issuer)}
    if ports.orcid is not None and issuer == ports.orcid.issuer:
        text = N_("Anybody gets an identity there, so it shows of nobody where they belong.")
        problems["issuer"] = [Problem("issuer_open", text)]
    if not problems["issuer"]:
        try:
            ports.outbound.read(issuer)
        except OutboundRefused:
            text = N_("This address is not one that the market calls: it must be public, by https.")
            problems["issuer"] = [Problem("issuer_closed", text)]
    for field, value in (("client", client), ("secret", secret)):
        if not value.strip() or len(value) > 500 or not value.isprintable():
            text = N_("Copy it as the provider shows it.")
            problems[field] = [Problem(f"{field}_missing", text)]
    if wrong := {field: found for field, found in problems.items() if found}:
        raise Invalid(wrong)
