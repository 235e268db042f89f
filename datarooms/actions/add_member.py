"""Lets a colleague into one's own side of a room."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from datarooms.admitting import Opening, admit
from datarooms.errors import NoColleague, RoomClosed
from datarooms.models import Room
from datarooms.permissions import Do, check, load_facts, own_house, side_in
from datarooms.queries import colleagues


def add_member(uow: UnitOfWork, room: str, person: str) -> Done:
    """By somebody who acts for the side; the grant ends with the colleague's seat. Raises
    Forbidden, RoomClosed, NoColleague; twice is once."""
    at = uow.lock(Room, room)
    check(uow.session, uow.actor, room, Do.LEAD, at.now)
    if at.row.closed_at is not None:
        raise RoomClosed
    facts = load_facts(uow.session, uow.actor, at.row, at.now)
    house, side = own_house(uow.actor, facts.grants), side_in(uow.actor, facts.grants)
    if any(one.person == person and one.side == side and not one.ended for one in facts.grants):
        return Done(room)
    if house is None or side is None:
        raise NoColleague
    if person not in colleagues(uow.session, house, at.now, uow.actor.language):
        raise NoColleague
    admit(at, Opening(side, person, of_organisation=house))
    return Done(room)
