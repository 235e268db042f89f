"""Who proposes, reads, answers and takes back: one function each, and SQL that agrees."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.orm import Session

from accounts.permissions import refuse_barred
from accounts.sanctions import Bar
from core.actor import Actor
from core.errors import Forbidden, NotFound
from deals.permissions import oversees
from listings import permissions as listed
from listings.models import Need
from listings.permissions import OFFICERS, WRITERS, NeedFacts, may_need
from matching.proposals.errors import OwnNeed
from matching.proposals.models import Proposal


class Do(StrEnum):
    READ = "read"
    ANSWER = "answer"
    WITHDRAW = "withdraw"


def need_facts(row: Need) -> NeedFacts:
    return NeedFacts(row.owner_org, row.author, row.state, row.confidential)


def may(actor: Actor, do: Do, row: Proposal, need: Need) -> bool:
    """Who writes the need answers; who sent the proposal, or their office, takes it back; both
    sides and the overseers read."""
    if actor.kind != "person":
        return actor.kind == "system"
    asks = may_need(actor, listed.Do.EDIT, need_facts(need))
    proposes = _proposes(actor, row)
    if do is Do.ANSWER:
        return asks
    if do is Do.WITHDRAW:
        return proposes
    overseen = oversees(actor, row.owner_org) or oversees(actor, row.proposer_org)
    return asks or proposes or (overseen and not need.confidential)


def _proposes(actor: Actor, row: Proposal) -> bool:
    roles = actor.roles_in(row.proposer_org)
    return bool(roles & OFFICERS) or (bool(roles) and actor.person == row.person)


def readable(actor: Actor) -> ColumnElement[bool]:
    """The proposals for which `may(actor, READ, …)` says yes, of a join with their needs."""
    if actor.kind != "person":
        return true() if actor.kind == "system" else false()
    officer = sorted(seat.organisation for seat in actor.seats if seat.roles & OFFICERS)
    watched = sorted(seat.organisation for seat in actor.seats if "auditor" in seat.roles)
    seats = sorted(actor.organisations)
    market = true() if oversees(actor, "") else false()
    overseen = or_(market, Proposal.owner_org.in_(watched), Proposal.proposer_org.in_(watched))
    return or_(
        and_(overseen, Need.confidential.is_(False)),
        Proposal.owner_org.in_(officer),
        and_(Need.author == actor.person, Proposal.owner_org.in_(seats)),
        Proposal.proposer_org.in_(officer),
        and_(Proposal.person == actor.person, Proposal.proposer_org.in_(seats)),
    )


def proposing_seats(actor: Actor) -> list[str]:
    """The organisations in whose name the actor can propose."""
    own = (seat for seat in actor.seats if seat.roles & WRITERS and not seat.house)
    return sorted(seat.organisation for seat in own)


def check_propose(session: Session, actor: Actor, need: str, organisation: str) -> None:
    """For `uow.check`. Raises NotFound, Forbidden, OwnNeed, Sanctioned."""
    row = session.get(Need, need)
    if row is None or not may_need(actor, listed.Do.READ, need_facts(row)):
        raise NotFound(ref=f"need:{need}")
    if row.owner_org in actor.organisations:
        raise OwnNeed
    if organisation not in proposing_seats(actor):
        raise Forbidden(do="propose")
    refuse_barred(actor, Bar.ASK, organisation)


def check_proposal(session: Session, actor: Actor, proposal: str, do: Do) -> None:
    """For `uow.check`. Raises NotFound, Forbidden, Sanctioned."""
    row, need = found(session, proposal)
    if not may(actor, Do.READ, row, need):
        raise NotFound(ref=f"proposal:{proposal}")
    if not may(actor, do, row, need):
        raise Forbidden(do=do)
    if do is Do.ANSWER:
        refuse_barred(actor, Bar.ASK, row.owner_org)


def found(session: Session, proposal: str) -> tuple[Proposal, Need]:
    """Raises NotFound."""
    both = select(Proposal, Need).join(Need, Need.id == Proposal.need)
    row = session.execute(both.where(Proposal.id == proposal)).first()
    if row is None:
        raise NotFound(ref=f"proposal:{proposal}")
    return row[0], row[1]
