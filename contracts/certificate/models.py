"""The table of trade certificates. Append-only but for a withdrawal."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Date, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from contracts.certificate.content import Anchors, signed_text
from contracts.certificate.states import CertificateState
from contracts.models import OfContract
from core.columns import FIXED
from core.ids import new_id
from core.models import Base

_STATES = ", ".join(f"'{state}'" for state in CertificateState)
_HOLDS = text("state = 'issued'")


class TradeCertificate(Base, OfContract):
    """What the operator certified of one signed contract; one at a time holds."""

    __tablename__ = "trade_certificate"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint("(state = 'withdrawn') = (withdrawn_on IS NOT NULL)", name="withdrawn"),
        CheckConstraint("state <> 'withdrawn' OR reason <> ''", name="reason"),
        Index(
            "uq_trade_certificate_holds",
            "contract",
            unique=True,
            sqlite_where=_HOLDS,
            postgresql_where=_HOLDS,
        ),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(unique=True, info=FIXED)
    issued_on: Mapped[date] = mapped_column(Date, info=FIXED)
    at: Mapped[datetime] = mapped_column(info=FIXED)
    by: Mapped[str | None] = mapped_column(info=FIXED)
    digest: Mapped[str] = mapped_column(info=FIXED)
    """Of the contract that both sides signed."""
    entry: Mapped[int] = mapped_column(BigInteger, info=FIXED)
    course: Mapped[str] = mapped_column(info=FIXED)
    """The hash at this entry of the deal's chain: the diligence file holds the same."""
    shown: Mapped[dict[str, Any]] = mapped_column(info=FIXED)
    signature: Mapped[str] = mapped_column(info=FIXED)
    """Ed25519 by the market's key over `signed_text`, base64."""
    state: Mapped[str] = mapped_column(default=CertificateState.ISSUED)
    withdrawn_on: Mapped[date | None] = mapped_column(Date)
    withdrawn_by: Mapped[str | None]
    reason: Mapped[str] = mapped_column(default="")
    """Why it was withdrawn: for the parties, never for the public page."""

    @property
    def signed_text(self) -> bytes:
        """As the row stands now: a changed row has another text, which its signature does not
        fit."""
        anchors = Anchors(self.digest, self.entry, self.course)
        return signed_text(self.number, self.issued_on, anchors, self.shown)
