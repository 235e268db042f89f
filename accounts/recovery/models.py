"""Requests to have lost second factors taken away."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from accounts.models import OfPerson
from accounts.recovery.states import RecoveryState
from core.columns import FIXED
from core.ids import new_id
from core.models import Base

_STATES = ", ".join(f"'{state}'" for state in RecoveryState)
_OPEN = text("state IN ('asked', 'vouched', 'waiting')")


class Recovery(Base, OfPerson):
    """Two operators who are not the person; the second one starts the day of waiting."""

    __tablename__ = "recovery"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint("vouched_by IS NULL OR vouched_by <> person", name="not_self"),
        CheckConstraint("approved_by IS NULL OR approved_by <> person", name="not_self_either"),
        CheckConstraint("approved_by IS NULL OR approved_by <> vouched_by", name="two_persons"),
        CheckConstraint("state <> 'waiting' OR due_at IS NOT NULL", name="due"),
        Index(
            "uq_recovery_open", "person", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN
        ),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    state: Mapped[str] = mapped_column(default="asked", index=True)
    note: Mapped[str] = mapped_column(default="")
    """What the person wrote: how the operator reaches them and can be sure."""
    asked_at: Mapped[datetime] = mapped_column(info=FIXED)
    evidence: Mapped[str | None]
    """What the first operator looked at."""
    vouched_by: Mapped[str | None]
    vouched_at: Mapped[datetime | None]
    approved_by: Mapped[str | None]
    approved_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
    """Who refused or stopped it; None where the link of a letter did, or it was carried out."""
    ended_at: Mapped[datetime | None]
