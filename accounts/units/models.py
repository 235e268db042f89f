"""The units of an organisation: results and people name theirs."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from accounts.models import OfOrganisation
from core.columns import FIXED
from core.ids import new_id
from core.models import Base
from core.versions import version_of


class Unit(Base, OfOrganisation):
    """A department or branch. One that was closed stays named on what it did."""

    __tablename__ = "unit"
    __table_args__ = (
        CheckConstraint("kind IN ('department', 'branch')", name="kind"),
        Index(
            "uq_unit_running",
            "organisation",
            "name",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    name: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime] = mapped_column(info=FIXED)
    closed_at: Mapped[datetime | None]

    @property
    def written(self) -> int:
        """The version of what an administrator wrote."""
        return version_of(self.kind, self.name, self.name_en)

    def named(self, language: str) -> str:
        return self.name_en if language == "en" and self.name_en else self.name
