"""Who may do what in a room. A grant to a person holds only while their seat does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.orm import Session

from core.actor import Actor
from core.errors import Forbidden, NotFound
from datarooms.models import NdaAcceptance, Room, RoomFile, RoomMember

ACTING: Final = frozenset({"tto_officer", "firm_admin", "firm_member", "broker"})
"""A grant to an organisation is one to those of its people who act for it."""


class Do(StrEnum):
    ENTER = "enter"
    ADD = "add"
    """files, questions and members of one's own side"""
    LEAD = "lead"
    """say who of one's own side may enter"""
    WORD = "word"
    """word the confidentiality terms anew"""
    VIEW = "view"
    """open one file"""


@dataclass(frozen=True)
class Grant:
    """One row of members, as far as permission asks."""

    side: str
    person: str | None
    organisation: str | None
    of_organisation: str | None
    ended: bool = False


@dataclass(frozen=True)
class FileFacts:
    side: str
    level: str


@dataclass(frozen=True)
class RoomFacts:
    """`promised`: the actor accepted the version of the terms in force (or there are none)."""

    grants: tuple[Grant, ...]
    promised: bool = False
    file: FileFacts | None = None
    closed: bool = False


def side_in(actor: Actor, grants: tuple[Grant, ...]) -> str | None:
    """The actor's side; None for a stranger, and for somebody granted both."""
    sides = {grant.side for grant in grants if _fits(actor, grant)}
    return sides.pop() if len(sides) == 1 else None


def leads(actor: Actor, grants: tuple[Grant, ...]) -> bool:
    """Whether the actor is on their side of themselves or acts for it, not as a colleague who was
    let in."""
    own = (grant for grant in grants if grant.person is None or grant.of_organisation is None)
    return side_in(actor, grants) is not None and any(_fits(actor, grant) for grant in own)


def own_house(actor: Actor, grants: tuple[Grant, ...]) -> str | None:
    """The organisation in whose name the actor acts in the room; None for who acts for nobody."""
    houses = [grant.organisation for grant in grants if grant.organisation and _fits(actor, grant)]
    return houses[0] if len(set(houses)) == 1 else None


def may(actor: Actor, do: Do, facts: RoomFacts) -> bool:
    """Members enter and add; overseers enter; a file opens by its level. Once the room is closed,
    its files open for the owner's office, and for a side those that it put in itself."""
    if actor.kind == "system":
        return True
    side = side_in(actor, facts.grants)
    if do is Do.ENTER:
        return side is not None or oversees(actor)
    if do is Do.ADD:
        return side is not None
    if do is Do.LEAD:
        return leads(actor, facts.grants)
    if do is Do.WORD:
        return side == "seller" and leads(actor, facts.grants)
    if facts.file is None:
        return False
    if side is not None and facts.file.side == side:
        return True
    if facts.closed and not (side == "seller" and leads(actor, facts.grants)):
        return False
    if facts.file.level == "own" or side is None:
        return False
    return facts.file.level == "both" or facts.promised


def oversees(actor: Actor) -> bool:
    """The operator's people see that a room is, and who saw what; not the files themselves."""
    overseers = {"operator", "auditor"}
    return any(seat.kind == "operator" and seat.roles & overseers for seat in actor.seats)


def readable(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """The rooms for which `may(actor, ENTER, …)` says yes."""
    if actor.kind != "person":
        return true() if actor.kind == "system" else false()
    if oversees(actor):
        return true()
    seats, m = sorted(actor.organisations), RoomMember
    acting = sorted(seat.organisation for seat in actor.seats if seat.roles & ACTING)
    mine = and_(
        or_(m.ends_at.is_(None), m.ends_at > now),
        or_(
            m.organisation.in_(acting),
            and_(
                m.person == actor.person,
                or_(m.of_organisation.is_(None), m.of_organisation.in_(seats)),
            ),
        ),
    )
    sides = (
        Room.id.in_(select(m.room).where(mine, m.side == side)) for side in ("seller", "buyer")
    )
    sells, buys = sides
    return or_(and_(sells, ~buys), and_(buys, ~sells))


def load_facts(
    session: Session, actor: Actor, room: Room, now: datetime, file: RoomFile | None = None
) -> RoomFacts:
    """What `may` needs of one room, in two statements."""
    rows = session.scalars(select(RoomMember).where(RoomMember.room == room.id))
    grants = tuple(
        Grant(
            row.side,
            row.person,
            row.organisation,
            row.of_organisation,
            row.ends_at is not None and row.ends_at <= now,
        )
        for row in rows
    )
    promised = room.nda == 0
    if not promised and actor.person:
        promised = session.get(NdaAcceptance, (room.id, room.nda, actor.person)) is not None
    facts = FileFacts(file.side, file.level) if file else None
    return RoomFacts(grants, promised, facts, room.closed_at is not None)


def check(session: Session, actor: Actor, room: str, do: Do, now: datetime) -> None:
    """For actions and `uow.check`: NotFound for a stranger, else Forbidden."""
    row = session.get(Room, room)
    facts = load_facts(session, actor, row, now) if row else None
    if row is None or facts is None or not may(actor, Do.ENTER, facts):
        raise NotFound(ref=f"room:{room}")
    if not may(actor, do, facts):
        raise Forbidden(do=str(do))


def _fits(actor: Actor, grant: Grant) -> bool:
    if grant.ended or actor.kind != "person":
        return False
    if grant.organisation is not None:
        return bool(actor.roles_in(grant.organisation) & ACTING)
    seated = grant.of_organisation is None or grant.of_organisation in actor.organisations
    return grant.person == actor.person and seated
