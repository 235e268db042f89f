"""Which diligence files were taken of a deal. Append-only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.columns import FIXED, Seq
from core.models import Base, Owned


class DiligenceFile(Base, Owned):
    """One sealed file, kept by its hash: the same deal gives another one after its next step."""

    __tablename__ = "diligence_file"
    n: Mapped[int] = mapped_column(Seq, primary_key=True)
    deal: Mapped[str] = mapped_column(ForeignKey("deal.id"), index=True, info=FIXED)
    sha256: Mapped[str] = mapped_column(info=FIXED)
    size: Mapped[int] = mapped_column(BigInteger, info=FIXED)
    upto: Mapped[int] = mapped_column(BigInteger, info=FIXED)
    """The number of the last entry of the deal's chain that it holds."""
    made_at: Mapped[datetime] = mapped_column(info=FIXED)
    made_by: Mapped[str | None] = mapped_column(info=FIXED)

    @property
    def stream(self) -> str:
        return f"deal:{self.deal}"
