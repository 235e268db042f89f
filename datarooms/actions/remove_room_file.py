"""Takes one version of a file out of a room; who saw it before stays in the log."""

from __future__ import annotations

from core.errors import Forbidden, NotFound
from core.results import Done
from core.unit_of_work import UnitOfWork
from datarooms.errors import RoomClosed
from datarooms.models import Room, RoomFile
from datarooms.permissions import Do, check, load_facts, side_in


def remove_room_file(uow: UnitOfWork, room: str, file: str) -> Done:
    """A side takes out what it put in. Raises NotFound, Forbidden, RoomClosed; twice is once."""
    at = uow.lock(Room, room)
    check(uow.session, uow.actor, room, Do.ADD, at.now)
    row = uow.session.get(RoomFile, file)
    if row is None or row.room != room:
        raise NotFound(ref=f"room:{room}")
    facts = load_facts(uow.session, uow.actor, at.row, at.now)
    if side_in(uow.actor, facts.grants) != row.side:
        raise Forbidden(do="remove_room_file")
    if at.row.closed_at is not None:
        raise RoomClosed
    if row.removed_at is None:
        row.removed_at = at.now
        at.record("file_removed", file=file)
    return Done(file)
