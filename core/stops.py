"""Emergency stops: what the operator can freeze at once, read from rows by every process.

A stop holds from the moment its row is committed: commands ask the database itself before they
lock, tasks before each batch. Only another person than who pulled it releases it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import CheckConstraint, ColumnElement, Index, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.actor import Actor
from core.columns import FIXED
from core.errors import Refused
from core.i18n import N_
from core.models import Base, Head


class What(StrEnum):
    DEALS = "deals"
    LISTINGS = "listings"
    OUTGOING = "outgoing"
    PAYOUTS = "payouts"
    SESSIONS = "sessions"
    """Not a state: everybody is signed out once, and may sign in again."""


HOLDING: Final = (What.DEALS, What.LISTINGS, What.OUTGOING, What.PAYOUTS)
"""Stops that hold until they are released."""

_WHATS: Final = ", ".join(f"'{what}'" for what in What)


class Stop(Base, Head):
    """One pull of an emergency stop, with both persons."""

    __tablename__ = "stop"
    __table_args__ = (
        CheckConstraint(f"what IN ({_WHATS})", name="what"),
        CheckConstraint("released_by IS NULL OR released_by <> pulled_by", name="two_persons"),
        CheckConstraint("released_by IS NULL OR released_at IS NOT NULL", name="released"),
        Index(
            "uq_stop_holding",
            "what",
            unique=True,
            sqlite_where=text("released_at IS NULL"),
            postgresql_where=text("released_at IS NULL"),
        ),
    )
    PREFIX = "stop"
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012
    what: Mapped[str] = mapped_column(info=FIXED)
    reason: Mapped[str] = mapped_column(info=FIXED)
    """In the market's language; everybody reads it in the banner."""
    reason_en: Mapped[str] = mapped_column(info=FIXED)
    pulled_by: Mapped[str] = mapped_column(info=FIXED)
    pulled_at: Mapped[datetime] = mapped_column(info=FIXED, index=True)
    released_by: Mapped[str | None]
    released_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="")
    """Why it was released."""

    def said(self, language: str) -> str:
        """The reason in the reader's language, where it was written."""
        return self.reason_en if language == "en" and self.reason_en else self.reason


class DealsStopped(Refused):
    code = "deals_stopped"
    text = N_(
        "The operator has stopped new deals and acceptances for now. Nothing was changed; the "
        "reason stands above every page. Please try again once it is released."
    )


class ListingsStopped(Refused):
    code = "listings_stopped"
    text = N_(
        "The operator has stopped publication for now. Nothing was changed and the draft is kept; "
        "the reason stands above every page. Please try again once it is released."
    )


class PayoutsStopped(Refused):
    code = "payouts_stopped"
    text = N_(
        "The operator has stopped payouts for now. Nothing was changed and what is due stays due; "
        "the reason stands above every page. Please try again once it is released."
    )


_REFUSALS: Final[Mapping[What, type[Refused]]] = {
    What.DEALS: DealsStopped,
    What.LISTINGS: ListingsStopped,
    What.PAYOUTS: PayoutsStopped,
}


def is_stopped(session: Session, what: What) -> bool:
    """Does a stop of this kind hold? One query."""
    holding = select(Stop.id).where(Stop.what == what, Stop.released_at.is_(None))
    return session.scalar(holding) is not None


def kept_in(made_at: Any) -> ColumnElement[bool]:
    """A clause for what opens the market, by the moment it was made: nobody was signed out since.

    So the one row of the stop ends it all as it is committed; a job marks the rows afterwards."""
    return ~select(Stop.id).where(Stop.what == What.SESSIONS, Stop.pulled_at >= made_at).exists()


def refuse_stopped(session: Session, _actor: Actor, what: What) -> None:
    """For `uow.check`. Raises DealsStopped, ListingsStopped, PayoutsStopped."""
    if is_stopped(session, what):
        raise _REFUSALS[what]
