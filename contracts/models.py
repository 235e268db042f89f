"""Tables of contracts: the contract, its versions, and the signed copies of each side."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from contracts.states import ContractState, CopyState
from core.columns import FIXED
from core.ids import new_id
from core.models import Base, Head, Owned

_STATES = ", ".join(f"'{state}'" for state in ContractState)
_COPY_STATES = ", ".join(f"'{state}'" for state in CopyState)
_RUNNING = text("state <> 'abandoned'")
_LIVE = text("state IN ('handed_in', 'confirmed')")


class Contract(Base, Head):
    """The contract of one deal. Nothing in it binds before both sides' copies are confirmed."""

    __tablename__ = "contract"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint("(state IN ('ready', 'signed')) = (digest IS NOT NULL)", name="frozen"),
        CheckConstraint("(state = 'signed') = (signed_at IS NOT NULL)", name="signed"),
        Index(
            "uq_contract_running",
            "deal",
            unique=True,
            sqlite_where=_RUNNING,
            postgresql_where=_RUNNING,
        ),
    )
    PREFIX = "contract"
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012
    deal: Mapped[str] = mapped_column(ForeignKey("deal.id"), index=True, info=FIXED)
    number: Mapped[str] = mapped_column(unique=True, info=FIXED)
    """Printed on every page, so that a page belongs to its contract."""
    opened_at: Mapped[datetime] = mapped_column(info=FIXED)
    opened_by: Mapped[str | None] = mapped_column(info=FIXED)
    state: Mapped[str] = mapped_column(default=ContractState.DRAFTING)
    versions: Mapped[int] = mapped_column(default=0)
    """The number of the newest version."""
    matter: Mapped[dict[str, Any] | None]
    """Parties, subject and terms as they were when the text was frozen."""
    digest: Mapped[str | None]
    """SHA-256 of number, matter and newest version; a changed word changes it."""
    reasons: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Why the parties go on in spite of a warning: {finding: {"rule", "reason", "profile"}}."""
    frozen_at: Mapped[datetime | None]
    frozen_by: Mapped[str | None]
    signed_at: Mapped[datetime | None]


class OfContract(Owned):
    """A row of a contract's stream."""

    contract: Mapped[str] = mapped_column(ForeignKey("contract.id"), index=True, info=FIXED)

    @property
    def stream(self) -> str:
        return f"contract:{self.contract}"


class ContractVersion(Base, OfContract):
    """One saved state of the written items. Append-only."""

    __tablename__ = "contract_version"
    contract: Mapped[str] = mapped_column(ForeignKey("contract.id"), primary_key=True, info=FIXED)
    version: Mapped[int] = mapped_column(primary_key=True, info=FIXED)
    side: Mapped[str] = mapped_column(info=FIXED)
    by: Mapped[str | None] = mapped_column(info=FIXED)
    at: Mapped[datetime] = mapped_column(info=FIXED)
    content: Mapped[dict[str, Any]] = mapped_column(info=FIXED)


class SignedCopy(Base, OfContract):
    """A scan of the paper that one side signed and sealed, and what the other side found in it."""

    __tablename__ = "signed_copy"
    __table_args__ = (
        CheckConstraint("side IN ('seller', 'buyer')", name="side"),
        CheckConstraint(f"state IN ({_COPY_STATES})", name="state"),
        CheckConstraint("pages > 0", name="pages"),
        CheckConstraint("checked_by IS NULL OR checked_by <> by", name="two_persons"),
        CheckConstraint(
            "state NOT IN ('confirmed', 'returned') OR checked_at IS NOT NULL", name="checked"
        ),
        Index(
            "uq_signed_copy_live",
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
    digest: Mapped[str] = mapped_column(info=FIXED)
    """Of the text that was signed."""
    sha256: Mapped[str] = mapped_column(info=FIXED)
    """Of the scan."""
    name: Mapped[str] = mapped_column(info=FIXED)
    size: Mapped[int] = mapped_column(BigInteger, info=FIXED)
    pages: Mapped[int] = mapped_column(info=FIXED)
    seal_name: Mapped[str] = mapped_column(info=FIXED)
    signatory: Mapped[str]
    authority: Mapped[str] = mapped_column(info=FIXED)
    originals: Mapped[str] = mapped_column(default="")
    """Where this side keeps its originals."""
    state: Mapped[str] = mapped_column(default=CopyState.HANDED_IN)
    checked_by: Mapped[str | None]
    checked_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="")
    """What was wrong with a copy that was returned."""


class SealRequest(Base, OfContract):
    """The owner's office asked its keeper to seal one frozen text (用印). Append-only."""

    __tablename__ = "seal_request"
    __table_args__ = (
        CheckConstraint("seal IN ('contract', 'official', 'legal_representative')", name="seal"),
        CheckConstraint("copies > 0", name="copies"),
    )
    contract: Mapped[str] = mapped_column(ForeignKey("contract.id"), primary_key=True, info=FIXED)
    n: Mapped[int] = mapped_column(primary_key=True, info=FIXED)
    seal: Mapped[str] = mapped_column(info=FIXED)
    copies: Mapped[int] = mapped_column(info=FIXED)
    digest: Mapped[str] = mapped_column(info=FIXED)
    """Of the text that is to be sealed: another text needs another request."""
    by: Mapped[str | None] = mapped_column(info=FIXED)
    at: Mapped[datetime] = mapped_column(info=FIXED)


class ContractCharge(Base, OfContract):
    """A fixed part of a signed contract's price, and the obligation that it became."""

    __tablename__ = "contract_charge"
    __table_args__ = (
        CheckConstraint("kind IN ('price', 'instalment', 'entry_fee')", name="kind"),
        CheckConstraint("minor > 0", name="minor"),
    )
    contract: Mapped[str] = mapped_column(ForeignKey("contract.id"), primary_key=True, info=FIXED)
    n: Mapped[int] = mapped_column(primary_key=True, info=FIXED)
    kind: Mapped[str] = mapped_column(info=FIXED)
    minor: Mapped[int] = mapped_column(BigInteger, info=FIXED)
    event: Mapped[str] = mapped_column(info=FIXED)
    """When it is due, as the terms say it."""
    obligation: Mapped[str | None] = mapped_column(ForeignKey("obligation.id"), unique=True)
    """None: the event that makes it due has not come."""
