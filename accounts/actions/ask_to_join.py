"""Somebody says that they belong to an organisation."""

from __future__ import annotations

from sqlalchemy import select

from accounts.errors import AlreadyAsked
from accounts.models import JoinRequest, Organisation
from accounts.permissions import is_person, may_organisation
from core.ids import new_id
from core.results import Done
from core.unit_of_work import UnitOfWork

_NOTE_LENGTH = 500


def ask_to_join(uow: UnitOfWork, organisation: str, note: str = "") -> Done:
    """Its administrators are told. Raises AlreadyAsked, Forbidden, NotFound."""
    uow.check(is_person)
    uow.check(may_organisation, "ask_to_join", organisation)
    at = uow.lock(Organisation, organisation)
    waiting = select(JoinRequest.id).where(
        JoinRequest.organisation == organisation,
        JoinRequest.person == uow.actor.person,
        JoinRequest.state == "open",
    )
    if uow.session.scalar(waiting):
        raise AlreadyAsked
    row = JoinRequest(
        id=new_id(),
        organisation=organisation,
        person=uow.actor.person or "",
        note=note.strip()[:_NOTE_LENGTH],
        asked_at=at.now,
    )
    at.add(row)
    at.record("join_asked", request=row.id, person=row.person)
    at.fact("organisation.join_asked")
    return Done(row.id)
