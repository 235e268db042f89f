"""An operator takes an announcement back."""

from __future__ import annotations

from accounts.permissions import may_operate
from core.results import Done
from core.unit_of_work import UnitOfWork
from governance.errors import AnnouncementGone
from governance.models import Announcement


def withdraw_announcement(uow: UnitOfWork, announcement: str) -> Done:
    """It leaves banner, page and feed at once. Raises AnnouncementGone."""
    uow.check(may_operate)
    at = uow.lock(Announcement, announcement)
    if at.row.withdrawn_at is not None:
        raise AnnouncementGone
    at.row.withdrawn_by, at.row.withdrawn_at = uow.actor.person, at.now
    at.record("announcement_withdrawn")
    return Done(announcement)
