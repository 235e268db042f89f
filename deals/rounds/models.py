"""Tables of rounds of open listing."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.columns import FIXED, Seq
from core.ids import new_id
from core.models import Base, Head, Owned
from deals.rounds.states import RegistrationState, RoundState

_STATES = ", ".join(f"'{state}'" for state in RoundState)
_REGISTRATIONS = ", ".join(f"'{state}'" for state in RegistrationState)


class Round(Base, Head):
    """One run of an open listing. Its terms are a posting's; the winner's deal is opened by it."""

    __tablename__ = "listing_round"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint("floor_minor > 0", name="floor_minor"),
        CheckConstraint("days > 0 AND extension_days >= 0 AND extensions >= 0", name="days"),
        CheckConstraint("extended <= extensions", name="extended"),
        CheckConstraint("deposit_minor >= 0", name="deposit_minor"),
        CheckConstraint("(state = 'awarded') = (deal IS NOT NULL)", name="awarded"),
        CheckConstraint(
            "(state IN ('awarded', 'failed', 'withdrawn')) = (ended_at IS NOT NULL)", name="ended"
        ),
        Index("ix_listing_round_state_ends_at", "state", "ends_at"),
    )
    PREFIX = "round"
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012
    posting: Mapped[str] = mapped_column(ForeignKey("posting.id"), unique=True, info=FIXED)
    listing: Mapped[str] = mapped_column(ForeignKey("listing.id"), index=True, info=FIXED)
    owner_org: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True, info=FIXED)
    announced_at: Mapped[datetime] = mapped_column(info=FIXED)
    announced_by: Mapped[str | None] = mapped_column(info=FIXED)
    jurisdiction: Mapped[str] = mapped_column(info=FIXED)
    law_on: Mapped[date] = mapped_column(Date, info=FIXED)
    profile: Mapped[str] = mapped_column(info=FIXED)
    currency: Mapped[str] = mapped_column(info=FIXED)
    floor_minor: Mapped[int] = mapped_column(BigInteger, info=FIXED)
    """The list price, in minor units: the least for which the way is sold."""
    state_assets: Mapped[bool] = mapped_column(info=FIXED)
    """The owner declared that the tiers for state-owned enterprises bind it."""
    days: Mapped[int] = mapped_column(info=FIXED)
    """Working days of disclosure as announced."""
    extension_days: Mapped[int] = mapped_column(info=FIXED)
    """Working days by which an extension lengthens the period; 0: none was announced."""
    extensions: Mapped[int] = mapped_column(info=FIXED)
    """The most extensions that were announced."""
    deposit_minor: Mapped[int] = mapped_column(
        BigInteger, default=0, server_default="0", info=FIXED
    )
    """What a qualified party deposits before it quotes or wins; 0: nothing."""
    deposit_reason: Mapped[str] = mapped_column(default="", server_default="", info=FIXED)
    """Why it lies outside the usual shares of the list price: read behind the desk."""
    before: Mapped[str | None] = mapped_column(ForeignKey("listing_round.id"), info=FIXED)
    """The failed round that this one lists again."""
    state: Mapped[str] = mapped_column(default=RoundState.DISCLOSED)
    ends_on: Mapped[date]
    """The last legal day of disclosure."""
    ends_at: Mapped[datetime]
    provisional: Mapped[bool]
    """A year whose holidays are not published had a part in the day."""
    extended: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime | None]
    """When time moves the round on: the end of the period, of deciding, of quotes, of opening; of
    an awarded one, the end of the days for which the winner's deposit is kept."""
    quotes_until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    reason: Mapped[str | None]
    """Why it failed: nobody, no_quote, no_valid_quote, not_opened, no_keys, way_taken, gone."""
    deal: Mapped[str | None] = mapped_column(ForeignKey("deal.id"))
    price_minor: Mapped[int | None] = mapped_column(BigInteger)


class _OfRound(Owned):
    round: Mapped[str] = mapped_column(ForeignKey("listing_round.id"), index=True, info=FIXED)

    @property
    def stream(self) -> str:
        return f"round:{self.round}"


class Registration(Base, _OfRound):
    """An organisation that declared its interest and accepts the list price."""

    __tablename__ = "registration"
    __table_args__ = (
        CheckConstraint(f"state IN ({_REGISTRATIONS})", name="state"),
        UniqueConstraint("round", "organisation"),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    organisation: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True, info=FIXED)
    person: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    at: Mapped[datetime] = mapped_column(info=FIXED)
    related: Mapped[bool] = mapped_column(info=FIXED)
    """Declared, or a contributor of the result works there: marked to the end."""
    state: Mapped[str] = mapped_column(default=RegistrationState.APPLIED)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    reason: Mapped[str | None]
    note: Mapped[str] = mapped_column(default="")


class RoundKey(Base, _OfRound):
    """One of the two keys that seal a round's quotes; who keeps it made it in their own browser."""

    __tablename__ = "round_key"
    __table_args__ = (
        CheckConstraint("slot IN ('office', 'second')", name="slot"),
        CheckConstraint("(private_key IS NULL) = (given_at IS NULL)", name="given"),
        UniqueConstraint("round", "person"),
    )
    round: Mapped[str] = mapped_column(ForeignKey("listing_round.id"), primary_key=True, info=FIXED)
    slot: Mapped[str] = mapped_column(primary_key=True, info=FIXED)
    person: Mapped[str] = mapped_column(ForeignKey("person.id"), info=FIXED)
    public_key: Mapped[str] = mapped_column(info=FIXED)
    """X25519, 64 hexadecimal characters."""
    at: Mapped[datetime] = mapped_column(info=FIXED)
    private_key: Mapped[str | None]
    """Given by its keeper after the deadline; public from the opening on, so that all can check."""
    given_at: Mapped[datetime | None]


class Quote(Base, _OfRound):
    """A sealed quote: nobody reads it before both keys are given. The last one counts."""

    __tablename__ = "quote"
    __table_args__ = (
        CheckConstraint(
            "verdict IN ('counts', 'replaced', 'below_list', 'unreadable', 'left')", name="verdict"
        ),
        UniqueConstraint("registration", "commitment"),
    )
    n: Mapped[int] = mapped_column(Seq, primary_key=True)
    registration: Mapped[str] = mapped_column(ForeignKey("registration.id"), index=True, info=FIXED)
    by: Mapped[str | None] = mapped_column(info=FIXED)
    at: Mapped[datetime] = mapped_column(info=FIXED)
    schema: Mapped[str] = mapped_column(info=FIXED)
    commitment: Mapped[str] = mapped_column(info=FIXED)
    box: Mapped[str] = mapped_column(info=FIXED)
    minor: Mapped[int | None] = mapped_column(BigInteger)
    nonce: Mapped[str | None]
    verdict: Mapped[str | None]
