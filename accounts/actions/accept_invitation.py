"""Somebody with an account follows the link of an invitation."""

from __future__ import annotations

from sqlalchemy import select

from accounts.codes import Codes
from accounts.errors import InvitationOver
from accounts.models import Invitation, Organisation
from accounts.permissions import is_person
from accounts.seats import give_seat
from core.results import Done
from core.unit_of_work import UnitOfWork


def accept_invitation(uow: UnitOfWork, token: str) -> Done:
    """Gives the seat once; the ref is the organisation. Raises InvitationOver, AlreadyMember."""
    uow.check(is_person)
    invitation = Codes(uow.ports.secret).read_token("invitation", token) or ""
    found = uow.find(Invitation.organisation, Invitation.id == invitation)
    if not found:
        raise InvitationOver
    at = uow.lock(Organisation, found[0])
    row = uow.session.scalars(select(Invitation).where(Invitation.id == invitation)).one()
    if row.accepted_at or row.withdrawn_at or row.expires_at <= at.now:
        raise InvitationOver
    row.accepted_by, row.accepted_at = uow.actor.person, at.now
    at.record("invitation_accepted", invitation=invitation)
    give_seat(at, uow.actor.person or "", row.roles)
    return Done(found[0])
