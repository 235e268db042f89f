"""Answers a question of the other side, once."""

from __future__ import annotations

from core.errors import Forbidden, NotFound
from core.results import Done
from core.unit_of_work import UnitOfWork
from datarooms.errors import QuestionEmpty, RoomClosed
from datarooms.models import Room, RoomQuestion
from datarooms.permissions import Do, check, load_facts, side_in


def answer_question(uow: UnitOfWork, room: str, question: str, text: str) -> Done:
    """Raises NotFound, Forbidden for one's own question or an answered one, RoomClosed,
    QuestionEmpty."""
    at = uow.lock(Room, room)
    check(uow.session, uow.actor, room, Do.ADD, at.now)
    side = side_in(uow.actor, load_facts(uow.session, uow.actor, at.row, at.now).grants)
    row = uow.session.get(RoomQuestion, question)
    if row is None or row.room != room:
        raise NotFound(ref=f"room:{room}")
    if side is None or row.side == side or row.answered_at is not None:
        raise Forbidden(do="answer_question")
    if at.row.closed_at is not None:
        raise RoomClosed
    if not text.strip():
        raise QuestionEmpty
    row.answer, row.answered_by, row.answered_at = text.strip(), uow.actor.person, at.now
    at.record("answered", question=question)
    at.fact("room.answered")
    return Done(question)
