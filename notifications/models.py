"""Messages that people read here, and the queue of what leaves by mail or SMS."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from accounts.models import OfPerson
from core.columns import FIXED, Json, Seq
from core.models import Base


class Message(Base):
    """What one person is told. Its sentence is made from topic and params when it is read, in the
    reader's language; belongs to no stream."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_unread", "person", "read_at"),)
    n: Mapped[int] = mapped_column(Seq, primary_key=True)
    person: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True, info=FIXED)
    topic: Mapped[str] = mapped_column(info=FIXED)
    ref: Mapped[str] = mapped_column(info=FIXED)
    params: Mapped[dict[str, Any]] = mapped_column(Json, default=dict, info=FIXED)
    made_at: Mapped[datetime] = mapped_column(info=FIXED)
    read_at: Mapped[datetime | None]


class Dispatch(Base):
    """One mail or text message. `attempts` is the fencing token of a claim.

    Its text is made when it is sent, so that codes and links never lie in the database.
    """

    __tablename__ = "dispatch"
    __table_args__ = (
        CheckConstraint("channel IN ('mail', 'sms')", name="channel"),
        CheckConstraint("state IN ('ready', 'held', 'gathered', 'sent', 'failed')", name="state"),
        CheckConstraint("rhythm IN ('daily', 'weekly')", name="rhythm"),
        CheckConstraint("returned IN ('gave_up', 'refused', 'complained')", name="returned"),
        Index("ix_dispatch_ready", "state", "not_before"),
    )
    n: Mapped[int] = mapped_column(Seq, primary_key=True)
    about: Mapped[str | None] = mapped_column(unique=True, info=FIXED)
    """What may be sent once only: a challenge, an invitation."""
    channel: Mapped[str] = mapped_column(info=FIXED)
    address: Mapped[str] = mapped_column(info=FIXED)
    language: Mapped[str] = mapped_column(info=FIXED)
    person: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True, info=FIXED)
    """To whose account it goes; None for a stranger, and for what cannot be unsubscribed."""
    rhythm: Mapped[str | None] = mapped_column(info=FIXED)
    """A held letter waits until `not_before` and is gathered into the digest of this rhythm."""
    topic: Mapped[str] = mapped_column(info=FIXED)
    ref: Mapped[str] = mapped_column(info=FIXED)
    params: Mapped[dict[str, Any]] = mapped_column(Json, default=dict, info=FIXED)
    state: Mapped[str] = mapped_column(default="ready")
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]
    made_at: Mapped[datetime] = mapped_column(info=FIXED)
    not_before: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    returned: Mapped[str | None]
    """What came back about it later, once it had left: `notifications/reports.py`."""


class MailChoice(Base, OfPerson):
    """How one person wants the mail of one group of topics; without a row, at once."""

    __tablename__ = "mail_choice"
    __table_args__ = (
        UniqueConstraint("person", "topics"),
        CheckConstraint("rhythm IN ('once', 'daily', 'weekly', 'never')", name="rhythm"),
    )
    n: Mapped[int] = mapped_column(Seq, primary_key=True)
    topics: Mapped[str] = mapped_column(info=FIXED)
    rhythm: Mapped[str]


class QuietHours(Base, OfPerson):
    """Whole hours on the market's wall between which nothing that can wait is mailed."""

    __tablename__ = "quiet_hours"
    __table_args__ = (
        UniqueConstraint("person"),
        CheckConstraint("begins BETWEEN 0 AND 23 AND ends BETWEEN 0 AND 23", name="hours"),
    )
    n: Mapped[int] = mapped_column(Seq, primary_key=True)
    begins: Mapped[int]
    ends: Mapped[int]
    """Equal to `begins`: there are none."""


class RefusedAddress(Base):
    """An address that mail servers refuse for good; belongs to no stream."""

    __tablename__ = "refused_address"
    address: Mapped[str] = mapped_column(primary_key=True)
    refusals: Mapped[int] = mapped_column(default=0)
    returned: Mapped[int] = mapped_column(default=0)
    """Letters that were taken at first and came back for good; `delayed`: that were given up."""
    delayed: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime]
    bounces_since: Mapped[datetime | None]
    """From then on nothing but codes and invitations is sent there."""
