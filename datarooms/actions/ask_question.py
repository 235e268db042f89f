"""Asks the other side of a room."""

from __future__ import annotations

from core.errors import Forbidden
from core.results import Done
from core.unit_of_work import UnitOfWork
from datarooms.errors import QuestionEmpty, RoomClosed
from datarooms.models import Room, RoomQuestion
from datarooms.permissions import Do, check, load_facts, side_in


def ask_question(uow: UnitOfWork, room: str, text: str) -> Done:
    """Raises QuestionEmpty, RoomClosed."""
    at = uow.lock(Room, room)
    check(uow.session, uow.actor, room, Do.ADD, at.now)
    side = side_in(uow.actor, load_facts(uow.session, uow.actor, at.row, at.now).grants)
    if side is None:
        raise Forbidden(do="ask_question")
    if at.row.closed_at is not None:
        raise RoomClosed
    if not text.strip():
        raise QuestionEmpty
    row = RoomQuestion(
        room=room, side=side, asked_by=uow.actor.person, asked_at=at.now, text=text.strip()
    )
    at.add(row)
    uow.session.flush()
    at.record("asked", question=row.id)
    at.fact("room.asked")
    return Done(row.id)
