"""Who may do what to people and organisations.

`may` answers for one row, `readable_organisations` for lists; a test holds them together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, false, or_, true
from sqlalchemy.orm import Session

from accounts.errors import Sanctioned, SecondPersonNeeded
from accounts.models import Organisation
from accounts.rules import ADMIN_OF_KIND
from accounts.sanctions import Bar
from accounts.states import OrganisationState, Role
from core.actor import Actor
from core.errors import Forbidden, NotFound

OVERSEERS: Final = (Role.OPERATOR, Role.AUDITOR)


@dataclass(frozen=True)
class OrganisationFacts:
    """What permission depends on; of an organisation."""

    id: str
    kind: str
    state: str
    registered_by: str | None


def facts_of(row: Organisation) -> OrganisationFacts:
    return OrganisationFacts(row.id, row.kind, row.state, row.registered_by)


def oversees(actor: Actor) -> bool:
    return actor.kind == "system" or any(actor.has(role) for role in OVERSEERS)


def may(actor: Actor, do: str, facts: OrganisationFacts | None = None) -> bool:
    """May `actor` do this (to the organisation that `facts` describe)?

    Without facts: `operate` (vet, moderate), `oversee` (audit, health, lists of everything).
    With facts: `read`, `read_members`, `manage` (members and details), `decide` (vetting),
    `read_documents` and `add_documents` (evidence for the vetting), `ask_to_join`.
    """
    if do == "operate":
        return actor.kind == "system" or actor.has(Role.OPERATOR)
    if do == "oversee":
        return oversees(actor)
    if facts is None:
        return False
    if do == "read":
        return (
            facts.state == OrganisationState.VETTED
            or oversees(actor)
            or facts.id in actor.organisations
            or _registered(actor, facts)
        )
    if do == "read_members":
        return oversees(actor) or facts.id in actor.organisations
    if do == "manage":
        return actor.kind == "system" or actor.has(ADMIN_OF_KIND[facts.kind], facts.id)
    if do == "read_documents":
        return oversees(actor) or may(actor, "add_documents", facts)
    if do == "add_documents":
        waits = facts.state in {OrganisationState.APPLIED, OrganisationState.REFUSED}
        return may(actor, "manage", facts) or (waits and _registered(actor, facts))
    if do == "decide":
        return may(actor, "operate") and not is_involved(actor, facts)
    if do == "ask_to_join":
        return (
            actor.kind == "person"
            and facts.state == OrganisationState.VETTED
            and facts.id not in actor.organisations
            and facts.kind != "operator"
        )
    return False


def is_involved(actor: Actor, facts: OrganisationFacts) -> bool:
    """Who registered an organisation or sits in it cannot decide about it."""
    return _registered(actor, facts) or facts.id in actor.organisations


def _registered(actor: Actor, facts: OrganisationFacts) -> bool:
    return actor.person is not None and actor.person == facts.registered_by


def readable_organisations(actor: Actor) -> ColumnElement[bool]:
    """The rows for which `may(actor, "read", …)` holds, as a clause."""
    if oversees(actor):
        return true()
    mine = Organisation.id.in_(sorted(actor.organisations)) if actor.organisations else false()
    registered = Organisation.registered_by == actor.person if actor.person else false()
    return or_(Organisation.state == OrganisationState.VETTED, mine, registered)


def may_organisation(session: Session, actor: Actor, do: str, id: str) -> None:
    """For `uow.check`. Raises NotFound for what the actor may not know of, else Forbidden."""
    row = session.get(Organisation, id)
    if row is None or not may(actor, "read", facts_of(row)):
        raise NotFound
    if not may(actor, do, facts_of(row)):
        raise Forbidden


def may_operate(_session: Session, actor: Actor) -> None:
    """For `uow.check`. Raises NotFound: a stranger learns of no console."""
    if not may(actor, "operate"):
        raise NotFound


def check_uninvolved(session: Session, actor: Actor, organisation: str) -> None:
    """For `uow.check`: who decides about an organisation has no part in it. Raises NotFound,
    SecondPersonNeeded."""
    row = session.get(Organisation, organisation)
    if row is None:
        raise NotFound
    if is_involved(actor, facts_of(row)):
        raise SecondPersonNeeded


def is_person(_session: Session, actor: Actor) -> None:
    """For `uow.check`: what only somebody signed in can do."""
    if actor.kind != "person":
        raise Forbidden


def refuse_barred(actor: Actor, what: Bar, organisation: str | None = None) -> None:
    """The one place where sanctions bite: areas ask it in their own permission functions. Raises
    Sanctioned."""
    if actor.is_barred(what, organisation):
        raise Sanctioned
