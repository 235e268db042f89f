"""The market's own vocabulary, and what was asked in vain."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.columns import FIXED, Seq
from core.models import Base, Head, Owned

MARKET = "market"
"""The id of the one vocabulary that a market has."""


class Vocabulary(Base, Head):
    """The stream of all own terms. Its version tells a reader that what it holds has changed."""

    __tablename__ = "vocabulary"
    PREFIX = "vocabulary"
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012
    terms: Mapped[int] = mapped_column(default=0)
    """How many there are."""


class OwnTerm(Base, Owned):
    """A pair in both languages (`word` Chinese, `other` English), or two words for one thing."""

    __tablename__ = "own_term"
    __table_args__ = (
        UniqueConstraint("vocabulary", "kind", "word", "other"),
        CheckConstraint("kind IN ('pair', 'synonym')", name="kind"),
    )
    n: Mapped[int] = mapped_column(Seq, primary_key=True)
    vocabulary: Mapped[str] = mapped_column(
        ForeignKey("vocabulary.id", deferrable=True, initially="DEFERRED"), info=FIXED
    )
    kind: Mapped[str] = mapped_column(info=FIXED)
    word: Mapped[str] = mapped_column(info=FIXED)
    other: Mapped[str] = mapped_column(info=FIXED)

    @property
    def stream(self) -> str:
        return f"vocabulary:{self.vocabulary}"


class UnansweredQuestion(Base):
    """How often a question found nothing on one day. It says nothing of who asked."""

    __tablename__ = "unanswered_question"
    __table_args__ = (CheckConstraint("count > 0", name="count"),)
    day: Mapped[date] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
