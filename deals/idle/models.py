"""Table of makers' declarations to act on results that their unit leaves unused."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.columns import FIXED, Json
from core.ids import new_id
from core.models import Base, Owned
from deals.idle.states import Basis, UseState

_BASES = ", ".join(f"'{basis}'" for basis in Basis)
_STATES = ", ".join(f"'{state}'" for state in UseState)
_STANDING = text("state IN ('declared', 'agreed', 'silent')")


class IdleUse(Base, Owned):
    """One maker's declaration. Belongs to the result's stream, which every grant locks."""

    __tablename__ = "idle_use"
    __table_args__ = (
        CheckConstraint(f"basis IN ({_BASES})", name="basis"),
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint("(state = 'declared') = (answered_at IS NULL)", name="answered"),
        Index(
            "uq_idle_use_standing",
            "asset",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    asset: Mapped[str] = mapped_column(ForeignKey("asset.id"), index=True, info=FIXED)
    person: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    """The maker who declared it and acts for the unit."""
    state: Mapped[str] = mapped_column(default=UseState.DECLARED)
    basis: Mapped[str] = mapped_column(info=FIXED)
    counted_from: Mapped[date] = mapped_column(info=FIXED)
    ended_on: Mapped[date] = mapped_column(info=FIXED)
    """The last day of the unit's period."""
    declared_at: Mapped[datetime] = mapped_column(info=FIXED)
    answer_on: Mapped[date] = mapped_column(info=FIXED)
    answer_until: Mapped[datetime] = mapped_column(info=FIXED)
    """Until then the unit may refuse; at this instant silence lets the maker act."""
    answered_at: Mapped[datetime | None]
    """When its state last changed."""
    answered_by: Mapped[str | None]
    """Who of the unit answered or ended it; None: time did."""
    reason: Mapped[str | None]
    profile: Mapped[str] = mapped_column(info=FIXED)
    """The law profile's pinned version."""
    rules: Mapped[list[Any]] = mapped_column(Json, default=list, info=FIXED)

    @property
    def stream(self) -> str:
        return f"asset:{self.asset}"
