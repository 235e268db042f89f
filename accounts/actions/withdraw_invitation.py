"""An invitation that nobody took is taken back."""

from __future__ import annotations

from sqlalchemy import select

from accounts.models import Invitation, Organisation
from accounts.permissions import may_organisation
from core.errors import NotFound
from core.results import Done
from core.unit_of_work import UnitOfWork


def withdraw_invitation(uow: UnitOfWork, invitation: str) -> Done:
    """Its link opens nothing from now on. Raises NotFound, Forbidden."""
    found = uow.find(Invitation.organisation, Invitation.id == invitation)
    if not found:
        raise NotFound
    uow.check(may_organisation, "manage", found[0])
    at = uow.lock(Organisation, found[0])
    row = uow.session.scalars(select(Invitation).where(Invitation.id == invitation)).one()
    if row.accepted_at is None and row.withdrawn_at is None:
        row.withdrawn_at = at.now
        at.record("invitation_withdrawn", invitation=invitation)
    return Done(found[0])
