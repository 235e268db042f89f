"""Table of open-licence statements."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.columns import FIXED
from core.models import Base, Owned


class OpenLicence(Base, Owned):
    """What a posting says to the patent office beyond its terms, and what the office announced.

    Until `announced_on` the same terms are a standing offer and no more (Patent Law arts. 50, 51).
    """

    __tablename__ = "open_licence"
    __table_args__ = (
        CheckConstraint("(announced_on IS NULL) = (announced_no IS NULL)", name="announced"),
        CheckConstraint("(withdrawn_on IS NULL) = (withdrawn_no IS NULL)", name="withdrawn"),
        CheckConstraint("withdrawn_on IS NULL OR withdrawn_on >= announced_on", name="period"),
    )
    posting: Mapped[str] = mapped_column(ForeignKey("posting.id"), primary_key=True, info=FIXED)
    patent: Mapped[str] = mapped_column(info=FIXED)
    """Its number, as granted."""
    report: Mapped[str] = mapped_column(default="", info=FIXED)
    """Number of the evaluation report, which utility models and designs need."""
    fee_reason: Mapped[str] = mapped_column(default="", info=FIXED)
    """Why the fee is above the office's guide; "" where it is not."""
    announced_no: Mapped[str | None]
    announced_on: Mapped[date | None]
    withdrawn_no: Mapped[str | None]
    withdrawn_on: Mapped[date | None]

    @property
    def stream(self) -> str:
        return f"posting:{self.posting}"
