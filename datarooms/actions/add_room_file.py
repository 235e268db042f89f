"""Puts a stored file into a room; the same name again is its next version."""

from __future__ import annotations

from typing import Final

from sqlalchemy import func, select

from core.errors import Forbidden
from core.results import Done
from core.unit_of_work import UnitOfWork
from datarooms.errors import RoomClosed
from datarooms.models import Room, RoomFile
from datarooms.permissions import Do, check, load_facts, side_in

LARGEST: Final = 50 * 1024 * 1024
"""Octets of a file that a room takes."""


def add_room_file(
    uow: UnitOfWork, room: str, level: str, name: str, sha256: str, size: int, media_type: str
) -> Done:
    """`level`: own, both or nda. The bytes are in the file store already."""
    at = uow.lock(Room, room)
    check(uow.session, uow.actor, room, Do.ADD, at.now)
    side = side_in(uow.actor, load_facts(uow.session, uow.actor, at.row, at.now).grants)
    if side is None:
        raise Forbidden(do="add_room_file")
    if at.row.closed_at is not None:
        raise RoomClosed
    latest = select(func.max(RoomFile.file_version)).where(
        RoomFile.room == room, RoomFile.name == name
    )
    row = RoomFile(
        room=room,
        side=side,
        level=level,
        name=name,
        file_version=(uow.session.scalar(latest) or 0) + 1,
        sha256=sha256,
        media_type=media_type,
        size=size,
        added_at=at.now,
        added_by=uow.actor.person,
    )
    at.add(row)
    uow.session.flush()
    at.record("file_added", file=row.id, level=level, sha256=sha256)
    at.fact("room.file_added")
    return Done(row.id)
