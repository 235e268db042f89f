"""Opens the room of a Ref, with its two sides and the market's standard promise."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from datarooms.admitting import Opening, admit
from datarooms.models import NdaText, Room
from datarooms.promise import STANDARD


def open_room(uow: UnitOfWork, ref: str, members: tuple[Opening, ...]) -> Done:
    """Called by the area that owns `ref`, inside its own unit of work; it has asked who may."""
    at = uow.create(Room(ref=ref, nda=1, opened_by=uow.actor.person))
    at.row.opened_at = at.now
    uow.session.flush()  # rows of the room refer to it
    at.record("opened", ref=ref, members=len(members))
    for one in members:
        admit(at, one)
    for language, text in STANDARD.items():
        at.add(NdaText(room=at.row.id, version=1, language=language, text=text, at=at.now))
    at.fact("room.opened")
    return Done(at.row.id)
