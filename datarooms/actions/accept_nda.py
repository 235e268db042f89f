"""A person accepts the room's confidentiality terms by typing their name."""

from __future__ import annotations

from core.errors import Forbidden
from core.results import Done
from core.unit_of_work import UnitOfWork
from datarooms.errors import NameMissing, PromiseSuperseded
from datarooms.models import NdaAcceptance, Room
from datarooms.permissions import Do, check

SHORTEST_NAME = 2


def accept_nda(uow: UnitOfWork, room: str, version: int, typed_name: str) -> Done:
    """Names the version that was read. Raises PromiseSuperseded, NameMissing; twice is once."""
    at = uow.lock(Room, room)
    check(uow.session, uow.actor, room, Do.ADD, at.now)
    if uow.actor.person is None:
        raise Forbidden(do="accept_nda")
    if version != at.row.nda:
        raise PromiseSuperseded
    if len(typed_name.strip()) < SHORTEST_NAME:
        raise NameMissing
    key = (room, version, uow.actor.person)
    if uow.session.get(NdaAcceptance, key) is None:
        row = NdaAcceptance(
            room=room,
            version=version,
            person=uow.actor.person,
            typed_name=typed_name.strip(),
            at=at.now,
        )
        at.add(row)
        at.record("promised", person=uow.actor.person, nda=version)
        at.fact("room.promised")
    return Done(room)
