"""Gives a file of a room to a person, and writes down that it did."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import NotFound
from core.results import Result
from core.unit_of_work import UnitOfWork
from datarooms.errors import FilesClosed, PromiseNeeded
from datarooms.models import Room, RoomFile, RoomView
from datarooms.permissions import Do, check, load_facts, may, side_in


@dataclass(frozen=True)
class FileGiven(Result):
    """What may now be served, as an attachment."""

    sha256: str
    name: str
    media_type: str
    size: int


def view_file(uow: UnitOfWork, room: str, file: str) -> FileGiven:
    """User, version and promise are asked at every read. Raises NotFound, PromiseNeeded,
    FilesClosed."""
    at = uow.lock(Room, room)
    check(uow.session, uow.actor, room, Do.ENTER, at.now)
    row = uow.session.get(RoomFile, file)
    if row is None or row.room != room or row.removed_at is not None or not uow.actor.person:
        raise NotFound(ref=f"room:{room}")
    facts = load_facts(uow.session, uow.actor, at.row, at.now, row)
    side = side_in(uow.actor, facts.grants)
    if not may(uow.actor, Do.VIEW, facts):
        if side is not None and row.level != "own" and facts.closed:
            raise FilesClosed
        if side is not None and row.level == "nda":
            raise PromiseNeeded
        raise NotFound(ref=f"room:{room}")
    nda = at.row.nda if row.level == "nda" else 0
    view = RoomView(room=room, file=file, person=uow.actor.person, side=side, nda=nda, at=at.now)
    at.add(view)
    at.record("file_viewed", file=file, person=uow.actor.person, nda=nda)
    return FileGiven(row.sha256, row.name, row.media_type, row.size)
