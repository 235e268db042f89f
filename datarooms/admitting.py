"""Lets somebody into a locked room: the one place that writes grants."""

from __future__ import annotations

from dataclasses import dataclass

from core.unit_of_work import At
from datarooms.models import Room, RoomMember


@dataclass(frozen=True)
class Opening:
    """One grant: to a person (of an organisation), or to an organisation's acting people."""

    side: str
    person: str | None = None
    organisation: str | None = None
    of_organisation: str | None = None


def admit(at: At[Room], one: Opening) -> None:
    """The caller has asked who may, and holds the room's lock."""
    row = RoomMember(
        room=at.row.id,
        side=one.side,
        person=one.person,
        organisation=one.organisation,
        of_organisation=one.of_organisation,
        added_at=at.now,
        added_by=at.uow.actor.person,
    )
    at.add(row)
    at.record("member_added", side=one.side, person=one.person, organisation=one.organisation)
