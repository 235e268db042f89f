"""Table of claims to come first on equal terms."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.columns import FIXED
from core.ids import new_id
from core.models import Base, Owned
from deals.preemption.states import ClaimState, HolderKind

_KINDS = ", ".join(f"'{kind}'" for kind in HolderKind)
_STATES = ", ".join(f"'{state}'" for state in ClaimState)


class Preemption(Base, Owned):
    """One person or organisation that comes first at one agreed version of a deal."""

    __tablename__ = "preemption"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_KINDS})", name="kind"),
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint("(served_at IS NULL) = (ends_at IS NULL)", name="served"),
        CheckConstraint("state NOT IN ('served', 'lapsed') OR ends_at IS NOT NULL", name="told"),
        CheckConstraint(
            "(state IN ('exercised', 'waived', 'lapsed')) = (answered_at IS NOT NULL)",
            name="answered",
        ),
        UniqueConstraint("deal", "version", "n"),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    deal: Mapped[str] = mapped_column(ForeignKey("deal.id"), index=True, info=FIXED)
    version: Mapped[int] = mapped_column(info=FIXED)
    """The agreed version: other terms are offered first again."""
    n: Mapped[int] = mapped_column(info=FIXED)
    kind: Mapped[str] = mapped_column(info=FIXED)
    name: Mapped[str]
    party: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    """The holder's account, if any: then the market tells them."""
    organisation: Mapped[str | None] = mapped_column(index=True)
    """The holder as an organisation of this market: its office answers."""
    state: Mapped[str] = mapped_column(default=ClaimState.ASKED)
    served_at: Mapped[datetime | None]
    served_by: Mapped[str | None]
    """Who put the service on file; None: the market told the holder itself."""
    served_on: Mapped[date | None]
    """The day on which the notice reached the holder."""
    ends_on: Mapped[date | None]
    ends_at: Mapped[datetime | None]
    """Until then the holder may come first; at this instant no more."""
    service: Mapped[str | None]
    """SHA-256 of the paper that shows the service."""
    service_file: Mapped[str] = mapped_column(default="")
    service_size: Mapped[int | None] = mapped_column(BigInteger)
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None]
    """The holder, or who put their paper on file; None: time answered."""
    answer: Mapped[str | None]
    """SHA-256 of the signed answer, where it came on paper."""
    answer_file: Mapped[str] = mapped_column(default="")
    answer_size: Mapped[int | None] = mapped_column(BigInteger)

    @property
    def stream(self) -> str:
        return f"deal:{self.deal}"
