"""What data rooms hold of people and organisations."""

from __future__ import annotations

from typing import Final

from sqlalchemy import ColumnElement, select

from core.holdings import Holding, Keeps
from core.i18n import N_
from core.unit_of_work import At
from datarooms.admitting import Opening, admit
from datarooms.models import (
    NdaAcceptance,
    Room,
    RoomFile,
    RoomMember,
    RoomQuestion,
    RoomView,
)


def _admitted() -> ColumnElement[bool]:
    return RoomMember.ends_at.is_(None)


def _give_seat(at: At[Room], row: RoomMember, heir: str | None) -> None:
    """The grant ends and the colleague gets one of their own: who was let in stays readable."""
    row.ends_at = at.now
    at.record("member_ended", member=row.id)
    if heir is None:
        return
    already = select(RoomMember.id).where(
        RoomMember.room == row.room, RoomMember.person == heir, RoomMember.ends_at.is_(None)
    )
    if at.uow.session.scalar(already) is None:
        admit(at, Opening(row.side, heir, of_organisation=row.of_organisation))


HOLDINGS: Final = (
    Holding(Room.opened_by, Keeps.ACT, Room, Room.id),
    Holding(
        RoomMember.person, Keeps.DUTY, Room, RoomMember.room, RoomMember.of_organisation,
        still=_admitted, title=N_("Admitted to a data room"), hand=_give_seat,
    ),
    Holding(RoomMember.organisation, Keeps.TENANT, Room, RoomMember.room),
    Holding(RoomMember.of_organisation, Keeps.TENANT, Room, RoomMember.room),
    Holding(RoomMember.added_by, Keeps.ACT, Room, RoomMember.room),
    Holding(
        NdaAcceptance.person, Keeps.SAID, Room, NdaAcceptance.room,
        clears=(NdaAcceptance.typed_name,),
    ),
    Holding(RoomFile.added_by, Keeps.ACT, Room, RoomFile.room),
    Holding(RoomView.person, Keeps.ACT, Room, RoomView.room),
    Holding(RoomQuestion.asked_by, Keeps.ACT, Room, RoomQuestion.room),
    Holding(RoomQuestion.answered_by, Keeps.ACT, Room, RoomQuestion.room),
)  # fmt: skip
