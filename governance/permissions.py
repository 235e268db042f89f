"""Who may read and decide complaints."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ColumnElement, and_, true
from sqlalchemy.orm import Session

from accounts.permissions import may as may_account
from accounts.permissions import oversees
from core.actor import Actor
from core.errors import Forbidden, NotFound
from governance.complaining import complaint_of_token
from governance.models import Complaint
from listings.permissions import OFFICERS


class Do(StrEnum):
    READ = "read"
    DECIDE = "decide"
    COUNTER = "counter"


def may(actor: Actor, do: Do, row: Complaint) -> bool:
    """The sender comes by a link of their own and is not asked here."""
    if do is Do.DECIDE:
        return may_account(actor, "operate") and not is_involved(actor, row)
    answers = row.forwarded_at is not None and bool(actor.roles_in(row.owner_org) & OFFICERS)
    return answers or (do is Do.READ and oversees(actor))


def is_involved(actor: Actor, row: Complaint) -> bool:
    """Who complained, or sits with the owner, does not decide."""
    sent = actor.person is not None and actor.person == row.sender_person
    return sent or row.owner_org in actor.organisations


def readable(actor: Actor) -> ColumnElement[bool]:
    """The complaints for which `may(actor, READ, …)` says yes."""
    if oversees(actor):
        return true()
    offices = sorted(seat.organisation for seat in actor.seats if seat.roles & OFFICERS)
    forwarded = Complaint.forwarded_at.is_not(None)
    return and_(Complaint.owner_org.in_(offices), forwarded)


def check_may(session: Session, actor: Actor, complaint: str, do: Do) -> None:
    """For `uow.check`: NotFound where the actor may not know of it, else Forbidden."""
    row = session.get(Complaint, complaint)
    if row is None or not may(actor, Do.READ, row):
        raise NotFound(ref=f"complaint:{complaint}")
    if not may(actor, do, row):
        raise Forbidden(do=str(do))


def check_link(_session: Session, _actor: Actor, secret: bytes, complaint: str, link: str) -> None:
    """For `uow.check`: whoever holds the sender's link is the sender."""
    if complaint_of_token(secret, link) != complaint:
        raise NotFound
