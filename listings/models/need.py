"""What a firm looks for."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, inspect
from sqlalchemy.orm import Mapped, mapped_column

from core.columns import FIXED, Seq
from core.models import Base, Head, Owned
from listings.models._checks import one_of
from listings.states import NeedState


class Need(Base, Head):
    """A confidential need is never published: it is matched as its owner's actor, unlogged."""

    __tablename__ = "need"
    __table_args__ = (
        one_of("state", NeedState),
        CheckConstraint("budget_low_minor <= budget_high_minor", name="budget"),
        CheckConstraint("budget_low_minor >= 0", name="budget_low"),
        CheckConstraint(
            "budget_high_minor IS NULL OR currency IS NOT NULL", name="budget_currency"
        ),
        Index("ix_need_owner_state", "owner_org", "state"),
    )
    PREFIX = "need"
    INDEXED = "need"
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012

    @property
    def was_public(self) -> bool:
        """A confidential one only in the very unit of work that makes it so."""
        turned = inspect(self).attrs.confidential.history.has_changes()
        return self.published_at is not None and (turned or not self.confidential)

    owner_org: Mapped[str] = mapped_column(info=FIXED)
    author: Mapped[str | None] = mapped_column(index=True)
    language: Mapped[str]
    state: Mapped[str] = mapped_column(default=NeedState.DRAFT, index=True)
    confidential: Mapped[bool] = mapped_column(default=False)
    anonymous: Mapped[bool] = mapped_column(default=False)
    """The firm's name is not shown to strangers."""
    budget_low_minor: Mapped[int | None] = mapped_column(BigInteger)
    budget_high_minor: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str | None]
    fields: Mapped[list[str]] = mapped_column(default=list)
    """IPC sections or classes."""
    industries: Mapped[list[str]] = mapped_column(default=list)
    region: Mapped[str | None]
    deadline: Mapped[date | None]
    contact_person: Mapped[str | None]
    contact_name: Mapped[str | None]
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime]
    edits: Mapped[int] = mapped_column(default=0)
    """Counts edits, so that one of a text alone moves `version` too."""
    measure: Mapped[str | None]
    """The notice of infringement that keeps it off the market."""
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    expires_at: Mapped[datetime | None]


class _OfNeed(Owned):
    INDEXED = "need"
    need: Mapped[str] = mapped_column(ForeignKey("need.id"), index=True, info=FIXED)

    @property
    def stream(self) -> str:
        return f"need:{self.need}"


class NeedText(Base, _OfNeed):
    __tablename__ = "need_text"
    need: Mapped[str] = mapped_column(ForeignKey("need.id"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    original: Mapped[bool]
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    """What is wanted, in one sentence."""
    description: Mapped[str] = mapped_column(default="")
    tried: Mapped[str] = mapped_column(default="")
    """What was tried already and why it does not do."""
    keywords: Mapped[list[str]] = mapped_column(default=list)


class NeedStep(Base, _OfNeed):
    """History of a need. Append-only."""

    __tablename__ = "need_step"
    INDEXED = ""
    n: Mapped[int] = mapped_column(Seq, primary_key=True)
    action: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    by: Mapped[str | None]
    at: Mapped[datetime]
    reason: Mapped[str | None]
    note: Mapped[str] = mapped_column(default="")
