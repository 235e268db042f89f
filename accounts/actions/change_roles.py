"""An administrator gives a member other roles."""

from __future__ import annotations

from sqlalchemy import select

from accounts.errors import StaleDetails, StepNotPossible
from accounts.models import Membership, Organisation
from accounts.permissions import may_organisation
from accounts.rules import ADMIN_OF_KIND, in_force
from accounts.seats import need_roles, refuse_last_admin
from core.errors import NotFound
from core.results import Done
from core.unit_of_work import UnitOfWork


def change_roles(
    uow: UnitOfWork, membership: str, roles: list[str], title: str = "", version: int | None = None
) -> Done:
    """Hold from the next request on. `version` is the one the administrator saw. Raises Invalid,
    LastAdministrator, StaleDetails, StepNotPossible, Forbidden, NotFound."""
    found = uow.find(Membership.organisation, Membership.id == membership)
    if not found:
        raise NotFound
    uow.check(may_organisation, "manage", found[0])
    at = uow.lock(Organisation, found[0])
    wanted = need_roles(at.row.kind, roles)
    row = uow.session.scalars(select(Membership).where(Membership.id == membership)).one()
    if not in_force(row.starts_at, row.ends_at, at.now):
        raise StepNotPossible
    if version is not None and version != row.written:
        raise StaleDetails
    if ADMIN_OF_KIND[at.row.kind] not in wanted:
        refuse_last_admin(at, row.person)
    row.roles, row.title = wanted, title.strip() or None
    at.record("roles_changed", membership=membership, person=row.person, roles=wanted)
    at.fact("organisation.members_changed")
    return Done(found[0])
