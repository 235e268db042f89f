"""What a person's page of messages shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from notifications.models import Dispatch, Message
from notifications.writing import sentence


@dataclass(frozen=True)
class MessageLine:
    n: int
    text: str
    ref: str
    made_at: datetime
    unread: bool


def messages(
    session: Session, person: str, language: str, limit: int = 100, offset: int = 0
) -> list[MessageLine]:
    """The newest first. One query."""
    rows = session.scalars(
        select(Message)
        .where(Message.person == person)
        .order_by(Message.n.desc())
        .limit(limit)
        .offset(offset)
    )
    return [
        MessageLine(
            row.n,
            sentence(row.topic, row.params, language),
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


def letters_by_state(session: Session) -> dict[str, int]:
    """How many letters wait, were sent, or were given up: for the operator's health page."""
    rows = session.execute(select(Dispatch.state, func.count()).group_by(Dispatch.state))
    return {state: count for state, count in rows}  # noqa: C416  mypy reads rows only unpacked
