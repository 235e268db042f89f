"""Tables of the institution's decision: the steps that it sets, and those of one agreed price."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from accounts.models import OfOrganisation
from core.columns import FIXED
from core.ids import new_id
from core.models import Base, Owned
from deals.deciding.states import StepKind, StepState

_KINDS = ", ".join(f"'{kind}'" for kind in StepKind)
_STATES = ", ".join(f"'{state}'" for state in StepState)


class DecisionRule(Base, OfOrganisation):
    """One approval step that an organisation sets. It never changes: another takes its place."""

    __tablename__ = "decision_rule"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_KINDS})", name="kind"),
        CheckConstraint("position > 0", name="position"),
        CheckConstraint("days > 0", name="days"),
        CheckConstraint("least_minor > 0", name="least_minor"),
        CheckConstraint("(least_minor IS NULL) = (currency IS NULL)", name="least"),
        CheckConstraint("kind = 'person' OR person IS NULL", name="person"),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    position: Mapped[int] = mapped_column(info=FIXED)
    """Steps of one number are asked together, after those of every lower number."""
    kind: Mapped[str] = mapped_column(info=FIXED)
    name: Mapped[str] = mapped_column(info=FIXED)
    """The office or meeting that decides, as the approval sheet prints it."""
    person: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    """Who holds the office; None: an administrator of the institution decides."""
    days: Mapped[int | None] = mapped_column(info=FIXED)
    """Working days in which the step is expected; None: no day is named."""
    modes: Mapped[list[str]] = mapped_column(info=FIXED)
    """Codes of modes, of ways and of kinds of assets that the step gates; empty: all."""
    ways: Mapped[list[str]] = mapped_column(info=FIXED)
    assets: Mapped[list[str]] = mapped_column(info=FIXED)
    least_minor: Mapped[int | None] = mapped_column(BigInteger, info=FIXED)
    """From this price on, in minor units of `currency`."""
    currency: Mapped[str | None] = mapped_column(info=FIXED)
    related_only: Mapped[bool] = mapped_column(default=False, info=FIXED)
    """Only where the buyer is a contributor or related."""
    made_at: Mapped[datetime] = mapped_column(info=FIXED)
    made_by: Mapped[str | None] = mapped_column(info=FIXED)
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]


class DecisionStep(Base, Owned):
    """One step of the decision on one agreed version of a deal, as it was when that was agreed."""

    __tablename__ = "decision_step"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_KINDS})", name="kind"),
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="decided"),
        CheckConstraint(
            "state <> 'passed' OR kind = 'person' OR sha256 IS NOT NULL OR decided_by = party",
            name="evidence",
        ),
        UniqueConstraint("deal", "version", "n", "turn"),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    deal: Mapped[str] = mapped_column(ForeignKey("deal.id"), index=True, info=FIXED)
    version: Mapped[int] = mapped_column(info=FIXED)
    """The agreed version that is decided about: another price is another decision."""
    n: Mapped[int] = mapped_column(info=FIXED)
    turn: Mapped[int] = mapped_column(default=1, info=FIXED)
    """A step that was refused and is asked again is the next turn; the last one counts."""
    position: Mapped[int] = mapped_column(info=FIXED)
    kind: Mapped[str] = mapped_column(info=FIXED)
    name: Mapped[str]
    """The office, the meeting, or who consents."""
    rule: Mapped[str] = mapped_column(ForeignKey("decision_rule.id"), info=FIXED)
    organisation: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True, info=FIXED)
    """The institution that decides."""
    person: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    """Who decides in its name; None where a meeting does, or an administrator."""
    party: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    """The contributor whose consent it is, where they have an account."""
    asked_at: Mapped[datetime | None]
    """When its turn came; None: others come first."""
    days: Mapped[int | None] = mapped_column(info=FIXED)
    due_on: Mapped[date | None]
    """The day by which it is expected; None before its turn, or where no day is named."""
    state: Mapped[str] = mapped_column(default=StepState.WAITING)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    """Who decided, or who put the paper on file that shows it."""
    held_on: Mapped[date | None]
    """The day of the meeting or of the signature."""
    number: Mapped[str] = mapped_column(default="")
    """Of the minutes."""
    note: Mapped[str] = mapped_column(default="")
    sha256: Mapped[str | None]
    file: Mapped[str] = mapped_column(default="")
    size: Mapped[int | None] = mapped_column(BigInteger)

    @property
    def stream(self) -> str:
        return f"deal:{self.deal}"
