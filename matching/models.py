"""Tables of saved searches. What was asked is its owner's business: no log and no chain has it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.columns import FIXED
from core.models import Base, Head, Owned


class SavedSearch(Base, Head):
    """A question that somebody keeps asking."""

    __tablename__ = "saved_search"
    PREFIX = "saved_search"
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012
    person: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True, info=FIXED)
    name: Mapped[str]
    address: Mapped[str] = mapped_column(info=FIXED)
    """Path and query of the search page, without a language."""
    question: Mapped[dict[str, Any]] = mapped_column(info=FIXED)
    """See `matching.rules.packed`."""
    paused: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(info=FIXED)


class SavedSearchMatch(Base, Owned):
    """Something published since that the question finds. Told once, however often it is edited."""

    __tablename__ = "saved_search_match"
    saved_search: Mapped[str] = mapped_column(
        ForeignKey("saved_search.id", deferrable=True, initially="DEFERRED"),
        primary_key=True,
        info=FIXED,
    )
    ref: Mapped[str] = mapped_column(primary_key=True, index=True, info=FIXED)
    found_at: Mapped[datetime] = mapped_column(info=FIXED)

    @property
    def stream(self) -> str:
        return f"saved_search:{self.saved_search}"
