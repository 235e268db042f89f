"""Closes a room: nothing is added any more, and its files open for the owner's office alone."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from datarooms.models import Room


def close_room(uow: UnitOfWork, room: str) -> Done:
    """Called by the area that owns the room's Ref, inside its own unit of work; twice is once."""
    at = uow.lock(Room, room)
    if at.row.closed_at is None:
        at.row.closed_at = at.now
        at.record("closed")
        at.fact("room.closed")
    return Done(room)
