"""Writing a person's choices, under their lock."""

from __future__ import annotations

from sqlalchemy import select

from accounts.models import Person
from core.unit_of_work import At
from notifications.models import MailChoice, QuietHours


def choose(at: At[Person], group: str, rhythm: str) -> None:
    """Held letters keep the rhythm they were held in."""
    session = at.uow.session
    where = (MailChoice.person == at.row.id, MailChoice.topics == group)
    row = session.scalars(select(MailChoice).where(*where)).one_or_none()
    if row is None:
        at.add(MailChoice(person=at.row.id, topics=group, rhythm=rhythm))
    else:
        row.rhythm = rhythm


def keep_quiet(at: At[Person], begins: int, ends: int) -> None:
    session = at.uow.session
    row = session.scalars(select(QuietHours).where(QuietHours.person == at.row.id)).one_or_none()
    if row is None:
        at.add(QuietHours(person=at.row.id, begins=begins, ends=ends))
    else:
        row.begins, row.ends = begins, ends
