"""An administrator invites somebody by mail or mobile number."""

from __future__ import annotations

from accounts.challenges import check_limits, count_attempt, need_contact
from accounts.limits import fingerprint
from accounts.models import Invitation, Organisation
from accounts.permissions import may_organisation
from accounts.rules import INVITATION_LIFE
from accounts.seats import need_roles
from core.ids import new_id
from core.results import Done
from core.unit_of_work import UnitOfWork


def invite_member(
    uow: UnitOfWork, organisation: str, contact: str, roles: list[str], language: str = "zh"
) -> Done:
    """The ref is the invitation; its letter carries the link. Whether the contact has an account
    is not said. Raises Invalid, Forbidden, NotFound, TooManyAttempts."""
    uow.check(may_organisation, "manage", organisation)
    found = need_contact(contact)
    subject = fingerprint(f"{organisation} {found.value}")
    check_limits(uow, "send", subject, "")
    at = uow.lock(Organisation, organisation)
    row = Invitation(
        id=new_id(),
        organisation=organisation,
        kind=found.kind,
        value=found.value,
        roles=need_roles(at.row.kind, roles),
        language=language,
        invited_by=uow.actor.person,
        made_at=at.now,
        expires_at=at.now + INVITATION_LIFE,
    )
    at.add(row)
    count_attempt(uow, "send", subject, "")
    at.record("invited", invitation=row.id, roles=row.roles)
    at.fact("organisation.invited")
    return Done(row.id)
