"""Giving somebody a seat, and who holds one; only under the organisation's lock."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from accounts.errors import AlreadyMember, LastAdministrator
from accounts.models import Membership, Organisation
from accounts.queries import holds_at
from accounts.rules import is_last_admin, role_problems
from core.errors import Invalid
from core.ids import new_id
from core.unit_of_work import At


def need_roles(kind: str, roles: Iterable[str]) -> list[str]:
    """The roles in one order. Raises Invalid where this kind of organisation cannot give them."""
    asked = sorted(set(roles))
    if problems := role_problems(kind, asked):
        raise Invalid({"roles": problems})
    return asked


def give_seat(
    at: At[Organisation], person: str, roles: Iterable[str], title: str = ""
) -> Membership:
    """A membership from now on. Raises Invalid, AlreadyMember."""
    wanted = need_roles(at.row.kind, roles)
    if person in holders(at):
        raise AlreadyMember
    row = Membership(
        id=new_id(),
        organisation=at.row.id,
        person=person,
        roles=wanted,
        title=title.strip() or None,
        starts_at=at.now,
    )
    at.add(row)
    at.record("member_joined", person=person, membership=row.id, roles=wanted)
    at.fact("organisation.members_changed")
    return row


def holders(at: At[Organisation]) -> dict[str, list[str]]:
    """person -> roles of everybody who sits here now."""
    if at.fresh:
        return {}
    rows = at.uow.session.execute(
        select(Membership.person, Membership.roles).where(
            Membership.organisation == at.row.id, *holds_at(at.now)
        )
    )
    return {person: list(roles) for person, roles in rows}


def refuse_last_admin(at: At[Organisation], person: str) -> None:
    """Raises LastAdministrator where nobody else could manage the organisation."""
    if is_last_admin(at.row.kind, person, holders(at)):
        raise LastAdministrator
