"""An operator tells everybody, or some, something for a time."""

from __future__ import annotations

from accounts.permissions import may_operate
from core.errors import Invalid
from core.results import Done
from core.unit_of_work import UnitOfWork
from governance.announcements import Said, announcement_problems
from governance.models import Announcement


def announce(uow: UnitOfWork, said: Said) -> Done:
    """Raises Invalid."""
    uow.check(may_operate)
    if problems := announcement_problems(said):
        raise Invalid(problems)
    now = uow.now(uow.open())
    at = uow.create(
        Announcement(
            title=said.title.strip(),
            title_en=said.title_en.strip(),
            text=said.text.strip(),
            text_en=said.text_en.strip(),
            audience=said.audience,
            starts_at=said.starts_at,
            ends_at=said.ends_at,
            made_by=uow.actor.person,
            made_at=now,
        )
    )
    at.record("announced", audience=said.audience)
    return Done(at.row.id)
