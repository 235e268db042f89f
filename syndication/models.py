"""Webhooks: who wants to be called about what, each call that is owed, and how each try ended."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.columns import FIXED, Seq
from core.models import Base, Head


class Webhook(Base, Head):
    """A subscription of a person, or of the organisation in whose name they made it.

    Its secret is derived from id and `generation`, so nothing that signs lies in the database.
    """

    __tablename__ = "webhook"
    __table_args__ = (
        CheckConstraint("state IN ('active', 'paused', 'disabled', 'removed')", name="state"),
        CheckConstraint("generation >= 1", name="generation"),
    )
    PREFIX = "webhook"
    person: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True, info=FIXED)
    organisation: Mapped[str | None] = mapped_column(
        ForeignKey("organisation.id"), index=True, info=FIXED
    )
    url: Mapped[str]
    topics: Mapped[list[str]]
    state: Mapped[str] = mapped_column(default="active")
    generation: Mapped[int] = mapped_column(default=1)
    old_until: Mapped[datetime | None]
    """Until then the secret before the present one signs too."""
    made_at: Mapped[datetime] = mapped_column(info=FIXED)
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012


class WebhookDelivery(Base):
    """One call that is owed; belongs to no stream. `attempts` is the fencing token of a claim."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        CheckConstraint("state IN ('ready', 'done', 'failed')", name="state"),
        Index("ix_webhook_delivery_ready", "state", "not_before"),
        Index("ix_webhook_delivery_webhook", "webhook", "n"),
    )
    n: Mapped[int] = mapped_column(Seq, primary_key=True)
    event: Mapped[str] = mapped_column(unique=True, info=FIXED)
    """What the receiver knows a repetition by; it stays, however often it is sent."""
    webhook: Mapped[str] = mapped_column(ForeignKey("webhook.id"), info=FIXED)
    topic: Mapped[str] = mapped_column(info=FIXED)
    ref: Mapped[str] = mapped_column(info=FIXED)
    made_at: Mapped[datetime] = mapped_column(info=FIXED)
    asked_at: Mapped[datetime]
    """When it was first, or again, asked for: three days later it is given up."""
    state: Mapped[str] = mapped_column(default="ready")
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime]
    lease_until: Mapped[datetime | None]


class WebhookAttempt(Base):
    """How one try ended. Only ever added."""

    __tablename__ = "webhook_attempt"
    __table_args__ = (CheckConstraint("milliseconds >= 0", name="milliseconds"),)
    n: Mapped[int] = mapped_column(Seq, primary_key=True)
    delivery: Mapped[int] = mapped_column(ForeignKey("webhook_delivery.n"), index=True, info=FIXED)
    at: Mapped[datetime] = mapped_column(info=FIXED)
    status: Mapped[int | None] = mapped_column(info=FIXED)
    error: Mapped[str | None] = mapped_column(info=FIXED)
    milliseconds: Mapped[int] = mapped_column(info=FIXED)
    body: Mapped[str] = mapped_column(default="", info=FIXED)
    """The beginning of the answer, at most a kilobyte."""
