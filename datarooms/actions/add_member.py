"""Lets a person, or an organisation's people, into one side of a room."""

from __future__ import annotations

from core.errors import Forbidden
from core.results import Done
from core.unit_of_work import UnitOfWork
from datarooms.admitting import Opening, admit
from datarooms.errors import RoomClosed
from datarooms.models import Room
from datarooms.permissions import Do, check, load_facts, side_in


def add_member(
    uow: UnitOfWork,
    room: str,
    side: str,
    *,
    person: str | None = None,
    organisation: str | None = None,
    of_organisation: str | None = None,
) -> Done:
    """A side adds people of its own; the system adds to either. Raises Forbidden, RoomClosed."""
    at = uow.lock(Room, room)
    check(uow.session, uow.actor, room, Do.ADD, at.now)
    facts = load_facts(uow.session, uow.actor, at.row, at.now)
    if uow.actor.kind != "system" and side_in(uow.actor, facts.grants) != side:
        raise Forbidden(do="add_member")
    if at.row.closed_at is not None:
        raise RoomClosed
    admit(at, Opening(side, person, organisation, of_organisation))
    return Done(room)
