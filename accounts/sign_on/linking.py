"""Links between people and what providers call them; only under the person's lock."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select

from accounts.models import Person
from accounts.sign_on.models import LinkedIdentity
from core.unit_of_work import At


def in_force() -> tuple[ColumnElement[bool], ...]:
    """Clauses for links that serve."""
    return (LinkedIdentity.linked_at.is_not(None), LinkedIdentity.removed_at.is_(None))


def is_taken(at: At[Person], issuer: str, subject: str) -> bool:
    """Is an account linked to this identity already?"""
    i = LinkedIdentity
    where = i.issuer == issuer, i.subject == subject, *in_force()
    return at.uow.session.scalar(select(i.id).where(*where)) is not None


def settle_waiting(at: At[Person]) -> None:
    """The person's contact is proven: what they signed on with serves from now on, unless somebody
    else linked it in between."""
    i = LinkedIdentity
    waiting = select(i).where(i.person == at.row.id, i.linked_at.is_(None), i.removed_at.is_(None))
    for row in at.uow.session.scalars(waiting):
        if is_taken(at, row.issuer, row.subject):
            row.removed_at = at.now
            continue
        row.linked_at = row.used_at = at.now
        at.record("identity_linked", identity=row.id)
