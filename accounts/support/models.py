"""One permission to look: made by the person, taken up by one operator."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.columns import FIXED
from core.models import Base, Head


class SupportGrant(Base, Head):
    """Its code serves once and is not stored. What was looked at stands in its chain."""

    __tablename__ = "support_grant"
    __table_args__ = (
        CheckConstraint("operator IS NULL OR operator <> person", name="two_persons"),
        CheckConstraint("(operator IS NULL) = (begun_at IS NULL)", name="begun"),
        CheckConstraint("(operator IS NULL) = (until IS NULL)", name="bounded"),
        Index("ix_support_grant_until", "until"),
    )
    PREFIX = "support"
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012
    person: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True, info=FIXED)
    code_hash: Mapped[str] = mapped_column(unique=True, info=FIXED)
    made_at: Mapped[datetime] = mapped_column(info=FIXED)
    code_until: Mapped[datetime] = mapped_column(info=FIXED)
    operator: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    begun_at: Mapped[datetime | None]
    until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    """When one of the two said so, or it was taken back before anybody looked."""
    ended_by: Mapped[str | None]
