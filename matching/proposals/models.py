"""Table of proposals to needs. Contact data and words are erasable: the chain knows ids only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.columns import FIXED
from core.models import Base, Head
from matching.proposals.rules import State

_STATES = ", ".join(f"'{state}'" for state in State)


class Proposal(Base, Head):
    """One proposal: a published result of the proposer's side, or words where there is none."""

    __tablename__ = "proposal"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint("(state = 'waits') = (ended_at IS NULL)", name="ended"),
        CheckConstraint("(state = 'declined') = (reason IS NOT NULL)", name="reason"),
        Index("ix_proposal_owner_org_sent_at", "owner_org", "sent_at"),
        Index("ix_proposal_proposer_org_sent_at", "proposer_org", "sent_at"),
    )
    PREFIX = "proposal"
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012
    need: Mapped[str] = mapped_column(ForeignKey("need.id"), index=True, info=FIXED)
    owner_org: Mapped[str] = mapped_column(ForeignKey("organisation.id"), info=FIXED)
    """Whose need it is."""
    need_title: Mapped[str] = mapped_column(info=FIXED)
    """As it was published when this was sent: what the need says later may not be for everybody."""
    proposer_org: Mapped[str] = mapped_column(ForeignKey("organisation.id"), info=FIXED)
    person: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    """Who sent it, or who took it over."""
    listing: Mapped[str | None] = mapped_column(ForeignKey("listing.id"), index=True, info=FIXED)
    sent_at: Mapped[datetime] = mapped_column(info=FIXED)
    text: Mapped[str]
    contact_name: Mapped[str]
    contact: Mapped[str]
    """A telephone number or mail address, as typed."""
    state: Mapped[str] = mapped_column(default=State.WAITS)
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
    reason: Mapped[str | None]
    reply: Mapped[str] = mapped_column(default="")
    inquiry: Mapped[str | None] = mapped_column(ForeignKey("inquiry.id"))
    """What taking it up became."""
