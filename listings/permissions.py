"""Who may do what to a listing or a need: one function, and the SQL clause that agrees with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.orm import Session

from accounts.permissions import refuse_barred
from accounts.sanctions import Bar
from core.actor import Actor
from core.errors import Forbidden, NotFound
from core.stops import What, refuse_stopped
from listings.kinds import Level
from listings.models import Contributor, Listing, Need
from listings.states import ListingState, NeedState

WRITERS = frozenset({"researcher", "tto_officer", "firm_member", "firm_admin"})
OFFICERS = frozenset({"tto_officer", "firm_admin"})
OVERSEERS = frozenset({"operator", "auditor"})


class Do(StrEnum):
    READ = "read"
    READ_HISTORY = "read_history"
    EDIT = "edit"
    SUBMIT = "submit"
    CHECK = "check"
    APPROVE = "approve"
    RETURN = "return"
    PUBLISH = "publish"
    CONFIRM = "confirm"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"
    ARCHIVE = "archive"
    MODERATE = "moderate"


_OFFICE = frozenset({Do.CHECK, Do.APPROVE, Do.RETURN, Do.PUBLISH})
_AUTHOR = frozenset(
    {
        Do.READ_HISTORY,
        Do.EDIT,
        Do.SUBMIT,
        Do.CONFIRM,
        Do.WITHDRAW,
        Do.REOPEN,
        Do.ARCHIVE,
    }
)

_NEW = frozenset({Do.SUBMIT, Do.PUBLISH, Do.REOPEN})
"""What brings something new to market; a sanction can bar it."""


@dataclass(frozen=True)
class ListingFacts:
    """What the answer depends on, besides the actor."""

    owner_org: str
    author: str | None
    state: str
    contributors: frozenset[str] = frozenset()


@dataclass(frozen=True)
class NeedFacts:
    owner_org: str
    author: str | None
    state: str
    confidential: bool = False


def may(actor: Actor, do: Do, facts: ListingFacts) -> bool:
    """May this actor do this to the listing? Whether its state allows it is another question."""
    if do is Do.READ and facts.state == ListingState.PUBLISHED:
        return True
    if actor.kind == "system":
        return True
    if actor.kind != "person":
        return False
    if do is Do.MODERATE:
        return actor.has("operator")
    if do in (Do.READ, Do.READ_HISTORY) and any(actor.has(role) for role in OVERSEERS):
        return True
    office = bool(actor.roles_in(facts.owner_org) & OFFICERS)
    mine = actor.person == facts.author and _seated(actor, facts.owner_org)
    if do is Do.READ:
        return office or mine or actor.person in facts.contributors
    if do in _OFFICE:
        return office
    if do is Do.EDIT and facts.state == ListingState.PUBLISHED:
        return office  # what was approved is not rewritten by its author alone
    return office or (mine and do in _AUTHOR)


def may_need(actor: Actor, do: Do, facts: NeedFacts) -> bool:
    """The same for a need. A confidential one is read by its own organisation's people only."""
    if do is Do.READ and facts.state == NeedState.PUBLISHED and not facts.confidential:
        return True
    if actor.kind == "system":
        return True
    if actor.kind != "person":
        return False
    if do is Do.MODERATE:
        return actor.has("operator")
    admin = bool(actor.roles_in(facts.owner_org) & OFFICERS)
    mine = actor.person == facts.author and _seated(actor, facts.owner_org)
    if do in (Do.READ, Do.READ_HISTORY) and not facts.confidential:
        return admin or mine or any(actor.has(role) for role in OVERSEERS)
    return admin or mine


def may_draft(actor: Actor, owner_org: str) -> bool:
    """May the actor write listings and needs in this organisation's name?"""
    return actor.kind == "system" or bool(actor.roles_in(owner_org) & WRITERS)


def readable(actor: Actor) -> ColumnElement[bool]:
    """The listings for which `may(actor, READ, …)` says yes."""
    if actor.kind == "system":
        return true()
    public = Listing.state == ListingState.PUBLISHED
    if actor.kind != "person":
        return public
    if any(actor.has(role) for role in OVERSEERS):
        return true()
    shared = select(Contributor.asset).where(Contributor.person == actor.person)
    return or_(public, _own(actor), Listing.asset.in_(shared))


def readable_needs(actor: Actor) -> ColumnElement[bool]:
    """The needs for which `may_need(actor, READ, …)` says yes."""
    if actor.kind == "system":
        return true()
    public = and_(Need.state == NeedState.PUBLISHED, Need.confidential.is_(False))
    if actor.kind != "person":
        return public
    own = or_(
        Need.owner_org.in_(_office_of(actor)),
        and_(Need.author == actor.person, Need.owner_org.in_(sorted(actor.organisations))),
    )
    overseer = any(actor.has(role) for role in OVERSEERS)
    return or_(public, own, Need.confidential.is_(False) if overseer else false())


def levels(actor: Actor, facts: ListingFacts, *, nda: bool = False) -> frozenset[Level]:
    """Disclosure levels that the actor may read; `nda`: one is in force for this listing."""
    seen = {Level.PUBLIC}
    if actor.kind == "person":
        seen.add(Level.MEMBER)
    inside = may(actor, Do.READ_HISTORY, facts) or (actor.person in facts.contributors)
    if actor.kind == "system" or (actor.kind == "person" and (nda or inside)):
        seen |= {Level.MEMBER, Level.NDA}
    return frozenset(seen)


def check_may(session: Session, actor: Actor, listing: str, do: Do) -> None:
    """For `uow.check`: NotFound where the actor may not know of it, Sanctioned, else Forbidden;
    ListingsStopped while publication is."""
    facts = load_facts(session, listing)
    if facts is None or not may(actor, Do.READ, facts):
        raise NotFound(ref=f"listing:{listing}")
    if do in _NEW:
        refuse_barred(actor, Bar.LIST, facts.owner_org)
    if not may(actor, do, facts):
        raise Forbidden(do=str(do))
    if do is Do.PUBLISH:
        refuse_stopped(session, actor, What.LISTINGS)


def check_may_need(session: Session, actor: Actor, need: str, do: Do) -> None:
    """For `uow.check`, for a need."""
    row = session.get(Need, need)
    if row is None:
        raise NotFound(ref=f"need:{need}")
    facts = NeedFacts(row.owner_org, row.author, row.state, row.confidential)
    if not may_need(actor, Do.READ, facts):
        raise NotFound(ref=f"need:{need}")
    if do in _NEW:
        refuse_barred(actor, Bar.LIST, facts.owner_org)
    if not may_need(actor, do, facts):
        raise Forbidden(do=str(do))
    if do is Do.PUBLISH:
        refuse_stopped(session, actor, What.LISTINGS)


def check_may_draft(session: Session, actor: Actor, owner_org: str) -> None:  # noqa: ARG001
    """For `uow.check`; needs no row, since seats come with the actor. Raises Sanctioned."""
    refuse_barred(actor, Bar.LIST, owner_org)
    if not may_draft(actor, owner_org):
        raise Forbidden(do="draft")


def load_facts(session: Session, listing: str) -> ListingFacts | None:
    """Facts of a listing in two statements, or None."""
    row = session.get(Listing, listing)
    if row is None:
        return None
    people = session.scalars(
        select(Contributor.person).where(
            Contributor.asset == row.asset, Contributor.person.is_not(None)
        )
    )
    return ListingFacts(row.owner_org, row.author, row.state, frozenset(p for p in people if p))


def _own(actor: Actor) -> ColumnElement[bool]:
    return or_(
        Listing.owner_org.in_(_office_of(actor)),
        and_(Listing.author == actor.person, Listing.owner_org.in_(sorted(actor.organisations))),
    )


def _office_of(actor: Actor) -> list[str]:
    return sorted(seat.organisation for seat in actor.seats if seat.roles & OFFICERS)


def _seated(actor: Actor, organisation: str) -> bool:
    return organisation in actor.organisations
