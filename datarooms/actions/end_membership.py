"""Ends a person's grant from now on; what was seen stays in the log."""

from __future__ import annotations

from core.errors import Forbidden, NotFound
from core.results import Done
from core.unit_of_work import UnitOfWork
from datarooms.models import Room, RoomMember
from datarooms.permissions import Do, check, load_facts, side_in


def end_membership(uow: UnitOfWork, room: str, member: str) -> Done:
    """A side ends grants of its own people, never its own. Raises NotFound, Forbidden."""
    at = uow.lock(Room, room)
    check(uow.session, uow.actor, room, Do.LEAD, at.now)
    row = uow.session.get(RoomMember, member)
    if row is None or row.room != room:
        raise NotFound(ref=f"room:{room}")
    facts = load_facts(uow.session, uow.actor, at.row, at.now)
    if uow.actor.kind != "system" and side_in(uow.actor, facts.grants) != row.side:
        raise Forbidden(do="end_membership")
    if row.of_organisation is None:
        raise Forbidden(do="end_membership")
    if row.ends_at is None:
        row.ends_at = at.now
        at.record("member_ended", member=member)
    return Done(room)
