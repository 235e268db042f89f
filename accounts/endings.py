"""Memberships that end on a day that was set before."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from accounts.models import Membership, Organisation
from core.unit_of_work import At


def next_ending(at: At[Organisation]) -> datetime | None:
    """When the next membership of the locked organisation ends whose duties nobody has yet."""
    waiting = select(Membership.ends_at).where(
        Membership.organisation == at.row.id,
        Membership.ends_at.is_not(None),
        Membership.handed_at.is_(None),
    )
    return at.uow.session.scalar(waiting.order_by(Membership.ends_at).limit(1))
