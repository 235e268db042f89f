"""A person accepts the room's confidentiality terms: a typed name and a second factor."""

from __future__ import annotations

from accounts.factors.proving import shown_lately
from accounts.models import Person
from core.errors import Forbidden
from core.results import Done
from core.unit_of_work import UnitOfWork
from datarooms.errors import NameMissing, PromiseSuperseded, RoomClosed
from datarooms.models import NdaAcceptance, Room
from datarooms.permissions import Do, check

SHORTEST_NAME = 2


def accept_nda(uow: UnitOfWork, room: str, version: int, typed_name: str, session: str) -> Done:
    """Names the version that was read; `session`: in which the actor showed a second factor
    lately. Raises PromiseSuperseded, NameMissing, FactorNotFresh, RoomClosed; twice is once."""
    at = uow.lock(Room, room)
    check(uow.session, uow.actor, room, Do.ADD, at.now)
    if uow.actor.person is None:
        raise Forbidden(do="accept_nda")
    if at.row.closed_at is not None:
        raise RoomClosed
    if version != at.row.nda:
        raise PromiseSuperseded
    if len(typed_name.strip()) < SHORTEST_NAME:
        raise NameMissing
    factor = shown_lately(uow.lock(Person, uow.actor.person), session)
    key = (room, version, uow.actor.person)
    if uow.session.get(NdaAcceptance, key) is None:
        row = NdaAcceptance(
            room=room,
            version=version,
            person=uow.actor.person,
            typed_name=typed_name.strip(),
            factor=factor,
            at=at.now,
        )
        at.add(row)
        at.record("promised", person=uow.actor.person, nda=version, factor=factor)
        at.fact("room.promised")
    return Done(room)
