"""What the pages of signing on show. Every function takes a reading session."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ScalarSelect, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from accounts.contacts import read_contact
from accounts.models import Organisation
from accounts.permissions import may_organisation
from accounts.queries import (
    find_organisations_by_name,
    house_state,
    organisation_names,
    people_names,
)
from accounts.sign_on.linking import in_force
from accounts.sign_on.models import IdentityProvider, LinkedIdentity, OrganisationDomain, SignOn
from accounts.sign_on.offers import offers_to
from accounts.sign_on.rules import ACCOUNT_LIFE, and_above
from accounts.states import OrganisationState
from core.actor import Actor
from core.errors import NotFound
from core.ports import Ports


@dataclass(frozen=True)
class Institution:
    """One whose people sign on through its provider."""

    provider: str
    name: str


def find_institutions(session: Session, typed: str, language: str) -> list[Institution]:
    """By a part of the name, or by a mail address whose domain, or one above it, is confirmed."""
    contact = read_contact(typed)
    if contact is not None and contact.kind == "mail":
        d = OrganisationDomain
        above = and_above(contact.value.rpartition("@")[2])
        where = d.domain.in_(above), d.state == "confirmed"
        ids = list(session.scalars(select(d.organisation).where(*where)))
    else:
        ids = find_organisations_by_name(session, typed)
    return _institutions(session, ids, language)


def _institutions(session: Session, ids: Iterable[str], language: str) -> list[Institution]:
    p, o = IdentityProvider, Organisation
    wanted = list(ids)
    rows = session.execute(
        select(p.organisation, p.id)
        .join(o, o.id == p.organisation)
        .where(
            or_(p.organisation.in_(wanted), o.merged_into.in_(wanted)),
            p.state == "approved",
            house_state(p.organisation) == OrganisationState.VETTED,
        )
    ).all()
    names = organisation_names(session, [row[0] for row in rows], language)
    found = [Institution(provider, names.get(id, "")) for id, provider in rows]
    return sorted(found, key=lambda one: one.name)


def proving(session: Session, person: str, language: str) -> list[Institution]:
    """Where somebody can show again who they are: the sign-ons in use that they are linked to."""
    p, i = IdentityProvider, LinkedIdentity
    linked = (
        select(p.organisation)
        .join(i, i.issuer == p.issuer)
        .where(i.person == person, *in_force(), p.state == "approved")
    )
    return _institutions(session, session.scalars(linked).all(), language)


@dataclass(frozen=True)
class SignOnPage:
    """`providers`: in use, waiting, and the last that was refused; newest first."""

    organisation: Organisation
    name: str
    providers: list[IdentityProvider]
    domains: list[OrganisationDomain]


def sign_on_page(session: Session, actor: Actor, id: str) -> SignOnPage:
    """For the organisation's administrators. Raises Forbidden, NotFound."""
    may_organisation(session, actor, "manage", id)
    p, d = IdentityProvider, OrganisationDomain
    newest = select(p).where(p.organisation == id).order_by(p.proposed_at.desc(), p.id)
    rows = list(session.scalars(newest))
    shown = [row for n, row in enumerate(rows) if row.state in {"approved", "proposed"} or n == 0]
    claims = select(d).where(d.organisation == id, d.state != "ended").order_by(d.domain)
    names = organisation_names(session, [id], actor.language)
    row = session.get_one(Organisation, id)
    return SignOnPage(
        row, names[id], [one for one in shown if one.state != "ended"],
        list(session.scalars(claims)),
    )  # fmt: skip


@dataclass(frozen=True)
class Waiting:
    """A provider or a domain that an operator decides about."""

    row: IdentityProvider | OrganisationDomain
    organisation: str
    name: str
    who: str


@dataclass(frozen=True)
class Desk:
    providers: list[Waiting]
    domains: list[Waiting]
    in_use: list[Waiting]


def waiting(session: Session, language: str) -> Desk:
    """What waits for an operator, and the sign-ons in use; the oldest first."""
    p, d = IdentityProvider, OrganisationDomain
    open_ones = p.state.in_(("proposed", "approved"))
    providers = list(session.scalars(select(p).where(open_ones).order_by(p.proposed_at, p.id)))
    domains = list(
        session.scalars(select(d).where(d.state == "claimed").order_by(d.claimed_at, d.id))
    )
    houses = {row.organisation for row in providers} | {row.organisation for row in domains}
    people = [row.proposed_by or "" for row in providers]
    people += [row.claimed_by or "" for row in domains]
    names = organisation_names(session, houses, language)
    said = people_names(session, people, language)

    def line(row: IdentityProvider | OrganisationDomain, who: str | None) -> Waiting:
        return Waiting(row, row.organisation, names[row.organisation], said.get(who or "", ""))

    return Desk(
        [line(row, row.proposed_by) for row in providers if row.state == "proposed"],
        [line(row, row.claimed_by) for row in domains],
        [line(row, row.proposed_by) for row in providers if row.state == "approved"],
    )


@dataclass(frozen=True)
class IdentityLine:
    """`orcid` where it is one; `name` is the institution's, empty where its sign-on has ended."""

    id: str
    name: str
    orcid: str
    linked_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class Identities:
    """`links`: what the actor could still link, by the key that stands in addresses."""

    lines: list[IdentityLine]
    links: list[Institution]
    orcid: bool


def own_identities(session: Session, ports: Ports, actor: Actor, asked: str = "") -> Identities:
    """`asked` is a provider that the page before named."""
    i, p = LinkedIdentity, IdentityProvider
    mine = select(i).where(i.person == actor.person, *in_force()).order_by(i.linked_at, i.id)
    rows = list(session.scalars(mine))
    issuers = {row.issuer for row in rows}
    orcid = ports.orcid.issuer if ports.orcid else ""
    where = p.issuer.in_(issuers), p.state == "approved"
    houses = dict(session.execute(select(p.issuer, p.organisation).where(*where)).all())
    names = organisation_names(session, houses.values(), actor.language)
    lines = [
        IdentityLine(
            row.id,
            names.get(houses.get(row.issuer, ""), ""),
            row.subject if row.orcid else "",
            row.linked_at or row.made_at,
            row.used_at,
        )
        for row in rows
    ]
    named = session.scalar(select(p.organisation).where(p.id == asked, p.state == "approved"))
    near = {*actor.organisations, *offers_to(session, actor), *([named] if named else [])}
    near -= set(houses.values())
    links = _institutions(session, near, actor.language)
    return Identities(lines, links, bool(orcid) and not any(row.orcid for row in rows))


@dataclass(frozen=True)
class Newcomer:
    """Whom a provider vouches for and who has no account yet."""

    provider: str
    institution: str
    name: str


def newcomer(session: Session, sign_on: str, now: datetime, language: str) -> Newcomer:
    """Raises NotFound where the journey is over."""
    row = session.get(SignOn, sign_on)
    if row is None or row.subject is None or row.done_at or row.made_at + ACCOUNT_LIFE <= now:
        raise NotFound
    provider = session.get(IdentityProvider, row.provider)
    if provider is None:
        raise NotFound
    names = organisation_names(session, [provider.organisation], language)
    return Newcomer(provider.id, names.get(provider.organisation, ""), row.name or "")


def target_of(session: Session, sign_on: str) -> str:
    """The page that a journey comes back to."""
    row = session.get(SignOn, sign_on)
    return row.target if row else ""


def orcids_of(session: Session, people: Iterable[str]) -> dict[str, str]:
    """Person -> the ORCID iD that they have shown to be theirs. One query."""
    i = LinkedIdentity
    where = i.person.in_(list(people)), i.orcid.is_(True), *in_force()
    return dict(session.execute(select(i.person, i.subject).where(*where)).all())


def orcid_of(person: InstrumentedAttribute[str | None]) -> ScalarSelect[str]:
    """The same for a row's person, as a column of the query that reads the row."""
    i = LinkedIdentity
    where = i.person == person, i.orcid.is_(True), *in_force()
    return select(i.subject).where(*where).order_by(i.id).limit(1).scalar_subquery()
