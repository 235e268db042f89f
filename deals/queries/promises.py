"""Who promised confidentiality about a listing: by the terms of a deal's room on it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from core.actor import Actor
from datarooms.models import NdaAcceptance, Room
from datarooms.permissions import readable
from deals.models import Deal


def promised_on(session: Session, actor: Actor, listing: str, now: datetime) -> bool:
    """Did the actor accept the terms now in force in an open room on this listing? One query.

    Whoever may no longer enter the room, or has only accepted an older text, has not.
    """
    if actor.kind != "person":
        return False
    found = session.scalar(
        select(NdaAcceptance.person)
        .join(Room, Room.id == NdaAcceptance.room)
        .join(Deal, Room.ref == literal("deal:").concat(Deal.id))
        .where(
            Deal.listing == listing,
            NdaAcceptance.person == actor.person,
            NdaAcceptance.version == Room.nda,
            Room.closed_at.is_(None),
            readable(actor, now),
        )
        .limit(1)
    )
    return found is not None
