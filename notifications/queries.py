"""What a person's page of messages shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, true
from sqlalchemy.orm import Session

from accounts.queries import proven_contacts
from notifications.bouncing import bouncing
from notifications.habits import Habits, habits_of
from notifications.models import Dispatch, Message, RefusedAddress
from notifications.wordings import SHIPPED, Wordings
from notifications.writing import sentence


@dataclass(frozen=True)
class MessageLine:
    n: int
    text: str
    ref: str
    made_at: datetime
    unread: bool


def messages(
    session: Session,
    person: str,
    language: str,
    limit: int = 100,
    offset: int = 0,
    wordings: Wordings = SHIPPED,
) -> list[MessageLine]:
    """The newest first. One query."""
    rows = session.scalars(
        select(Message)
        .where(Message.person == person)
        .order_by(Message.n.desc())
        .limit(limit)
        .offset(offset)
    )
    return _lines(rows, language, wordings)


def messages_before(
    session: Session,
    person: str,
    language: str,
    before: int | None,
    limit: int,
    wordings: Wordings = SHIPPED,
) -> list[MessageLine]:
    """The newest first, those numbered below `before`. One query."""
    older = true() if before is None else Message.n < before
    rows = session.scalars(
        select(Message)
        .where(Message.person == person, older)
        .order_by(Message.n.desc())
        .limit(limit)
    )
    return _lines(rows, language, wordings)


def _lines(rows: Iterable[Message], language: str, wordings: Wordings) -> list[MessageLine]:
    return [
        MessageLine(
            row.n,
            sentence(row.topic, row.params, language, wordings),
            row.ref,
            row.made_at,
            row.read_at is None,
        )
        for row in rows
    ]


def received(session: Session, person: str) -> int:
    """How many messages the person ever got."""
    return session.scalar(select(func.count()).where(Message.person == person)) or 0


def unread(session: Session, person: str) -> int:
    where = (Message.person == person, Message.read_at.is_(None))
    return session.scalar(select(func.count()).select_from(Message).where(*where)) or 0


@dataclass(frozen=True)
class MailSettings:
    """`bounces` are the person's addresses that refuse letters, and since when."""

    habits: Habits
    bounces: dict[str, datetime]


def mail_settings(session: Session, person: str) -> MailSettings:
    points = proven_contacts(session, [person]).get(person, [])
    mails = [point.value for point in points if point.kind == "mail"]
    return MailSettings(habits_of(session, [person])[person], bouncing(session, mails))


def failed_letters(session: Session, limit: int) -> list[Dispatch]:
    """The newest that were given up: for the operator's health page."""
    given_up = select(Dispatch).where(Dispatch.state == "failed")
    return list(session.scalars(given_up.order_by(Dispatch.n.desc()).limit(limit)))


def letters_by_state(session: Session) -> dict[str, int]:
    """How many letters wait, were sent, or were given up: for the operator's health page."""
    rows = session.execute(select(Dispatch.state, func.count()).group_by(Dispatch.state))
    return {state: count for state, count in rows}  # noqa: C416  mypy reads rows only unpacked


@dataclass(frozen=True)
class Returned:
    """`letters` that came back, by what was said of them; `addresses` that refuse letters now."""

    letters: dict[str, int]
    addresses: int


def returned_letters(session: Session) -> Returned:
    """For the operator's health page and for figures. Two queries."""
    said = select(Dispatch.returned, func.count()).where(Dispatch.returned.is_not(None))
    rows = session.execute(said.group_by(Dispatch.returned))
    rests = select(func.count()).where(RefusedAddress.bounces_since.is_not(None))
    letters = {str(name): count for name, count in rows}
    return Returned(letters, session.scalar(rests) or 0)
