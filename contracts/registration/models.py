"""Tables of registrations: the record, each saved state of the form, each step."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from contracts.registration.states import RegistrationState
from core.columns import FIXED, Seq
from core.models import Base, Head, Owned

_STATES = ", ".join(f"'{state}'" for state in RegistrationState)


class ContractRegistration(Base, Head):
    """The registration of one signed contract, handed in by one side."""

    __tablename__ = "contract_registration"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint("side IN ('seller', 'buyer')", name="side"),
        CheckConstraint(
            "(state IN ('registered', 'changing', 'rescinded')) = (number IS NOT NULL)",
            name="registered",
        ),
        CheckConstraint("(number IS NULL) = (registered_on IS NULL)", name="number"),
        CheckConstraint("(number IS NULL) = (registered_version IS NULL)", name="version"),
    )
    PREFIX = "contract_registration"
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012
    contract: Mapped[str] = mapped_column(ForeignKey("contract.id"), unique=True, info=FIXED)
    deal: Mapped[str] = mapped_column(ForeignKey("deal.id"), index=True, info=FIXED)
    side: Mapped[str] = mapped_column(info=FIXED)
    """Who hands it in: the seller, or the buyer of technology from abroad."""
    opened_at: Mapped[datetime] = mapped_column(info=FIXED)
    remind_at: Mapped[datetime] = mapped_column(info=FIXED)
    """When the side is reminded that it was not handed in."""
    profile: Mapped[str]
    """The law profile by which it was handed in last; before that, opened."""
    state: Mapped[str] = mapped_column(default=RegistrationState.DRAFTED)
    versions: Mapped[int] = mapped_column(default=0)
    """The number of the form's newest saved state."""
    handed_in_at: Mapped[datetime | None]
    expected_on: Mapped[date | None] = mapped_column(Date)
    """By when the registry decides, as the profile counts; not a deadline of anybody here."""
    provisional: Mapped[bool] = mapped_column(default=False)
    due_at: Mapped[datetime | None]
    """The first instant after that day, while an answer is expected."""
    reminded_at: Mapped[datetime | None]
    number: Mapped[str | None] = mapped_column(unique=True)
    registered_on: Mapped[date | None] = mapped_column(Date)
    registered_version: Mapped[int | None]
    """The state of the form that the registry has recognised."""


class _OfRegistration(Owned):
    registration: Mapped[str] = mapped_column(
        ForeignKey("contract_registration.id"), index=True, info=FIXED
    )

    @property
    def stream(self) -> str:
        return f"contract_registration:{self.registration}"


class RegistrationVersion(Base, _OfRegistration):
    """One saved state of the form. Append-only."""

    __tablename__ = "contract_registration_version"
    registration: Mapped[str] = mapped_column(
        ForeignKey("contract_registration.id"), primary_key=True, info=FIXED
    )
    version: Mapped[int] = mapped_column(primary_key=True, info=FIXED)
    by: Mapped[str | None] = mapped_column(info=FIXED)
    at: Mapped[datetime] = mapped_column(info=FIXED)
    content: Mapped[dict[str, Any]] = mapped_column(info=FIXED)


class RegistrationStep(Base, _OfRegistration):
    """One step of its course, with the reason that was given. Append-only."""

    __tablename__ = "contract_registration_step"
    n: Mapped[int] = mapped_column(Seq, primary_key=True)
    act: Mapped[str] = mapped_column(info=FIXED)
    version: Mapped[int] = mapped_column(info=FIXED)
    by: Mapped[str | None] = mapped_column(info=FIXED)
    at: Mapped[datetime] = mapped_column(info=FIXED)
    reason: Mapped[str] = mapped_column(default="")
