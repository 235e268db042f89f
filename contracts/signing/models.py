"""Tables of electronic signatures: the PDF that is signed, and each side's signature of it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from contracts.models import OfContract
from contracts.signing.states import SignatureState
from core.columns import FIXED
from core.ids import new_id
from core.models import Base

_STATES: Final = ", ".join(f"'{state}'" for state in SignatureState)
_LIVE = text("state IN ('asked', 'signed')")


class ContractDocument(Base, OfContract):
    """The PDF of one frozen text that both sides sign, kept as it was made first. Append-only."""

    __tablename__ = "contract_document"
    contract: Mapped[str] = mapped_column(ForeignKey("contract.id"), primary_key=True, info=FIXED)
    digest: Mapped[str] = mapped_column(primary_key=True, info=FIXED)
    """Of the text."""
    sha256: Mapped[str] = mapped_column(info=FIXED)
    """Of the PDF."""
    size: Mapped[int] = mapped_column(BigInteger, info=FIXED)
    at: Mapped[datetime] = mapped_column(info=FIXED)


class ContractSignature(Base, OfContract):
    """An electronic signature of a side: asked for, and how it ended."""

    __tablename__ = "contract_signature"
    __table_args__ = (
        CheckConstraint("side IN ('seller', 'buyer')", name="side"),
        CheckConstraint("authority IN ('legal_representative', 'authorised')", name="authority"),
        CheckConstraint("factor IN ('app', 'recovery', 'passkey')", name="factor"),
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint(
            "state <> 'signed' OR (signed_at IS NOT NULL AND evidence IS NOT NULL)", name="signed"
        ),
        CheckConstraint("(evidence IS NULL) = (evidence_size IS NULL)", name="evidence"),
        Index(
            "uq_contract_signature_live",
            "contract",
            "side",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    side: Mapped[str] = mapped_column(info=FIXED)
    by: Mapped[str] = mapped_column(info=FIXED)
    at: Mapped[datetime] = mapped_column(info=FIXED)
    provider: Mapped[str] = mapped_column(info=FIXED)
    digest: Mapped[str] = mapped_column(info=FIXED)
    """Of the text that is signed."""
    document: Mapped[str] = mapped_column(info=FIXED)
    """SHA-256 of its PDF."""
    name: Mapped[str]
    """As the signatory typed it."""
    authority: Mapped[str] = mapped_column(info=FIXED)
    consent: Mapped[str] = mapped_column(info=FIXED)
    factor: Mapped[str] = mapped_column(info=FIXED)
    reference: Mapped[str | None]
    """The provider's own name for it; None: the provider was not reached yet."""
    address: Mapped[str] = mapped_column(default="")
    """Where the person signs; empty where they sign here."""
    state: Mapped[str] = mapped_column(default=SignatureState.ASKED)
    signed_at: Mapped[datetime | None]
    evidence: Mapped[str | None]
    """SHA-256 of what the provider gave as proof."""
    evidence_size: Mapped[int | None] = mapped_column(BigInteger)
