"""Amendments of law profiles, holiday tables and letters: rows layered over the files of policies.

A row holds the same TOML as a file and is read by the same reader. A rule that was amended holds
from the day on which its amendment takes effect; whoever looks at an earlier day, as a running deal
does, finds what held then.
"""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import date, datetime
from typing import Final

import structlog
from sqlalchemy import CheckConstraint, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.columns import FIXED
from core.database import Database
from core.law.book import Amended, LawBook
from core.law.days import Calendar
from core.law.reading import parse_source, parse_year
from core.law.wordings import Worded, parse_wording
from core.models import Base, Head

EVERY: Final = 2.0
"""Seconds after which a process looks for new amendments."""
log = structlog.get_logger()


class Amendment(Base, Head):
    """A change of one profile, the holiday table of one year, or one letter's wording, and its two
    persons."""

    __tablename__ = "amendment"
    __table_args__ = (
        CheckConstraint("kind IN ('profile', 'holidays', 'wording')", name="kind"),
        CheckConstraint("state IN ('proposed', 'approved', 'refused')", name="state"),
        CheckConstraint("decided_by IS NULL OR decided_by <> proposed_by", name="two_persons"),
        CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="decided"),
        CheckConstraint("(kind = 'holidays') = (takes_effect IS NULL)", name="takes_effect"),
        Index("ix_amendment_state_decided_at", "state", "decided_at"),
    )
    PREFIX = "amendment"
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012
    kind: Mapped[str] = mapped_column(info=FIXED)
    name: Mapped[str] = mapped_column(info=FIXED)
    """Of the profile (`cn-national`), the calendar's year (`cn-2027`) or the letter."""
    text: Mapped[str] = mapped_column(info=FIXED)
    """TOML, as a file of `policies/` has it."""
    takes_effect: Mapped[date | None] = mapped_column(info=FIXED)
    """A holiday table holds once it is approved: the State Council has published it already."""
    reason: Mapped[str] = mapped_column(info=FIXED)
    reason_en: Mapped[str] = mapped_column(info=FIXED)
    proposed_by: Mapped[str] = mapped_column(info=FIXED)
    proposed_at: Mapped[datetime] = mapped_column(info=FIXED)
    state: Mapped[str] = mapped_column(default="proposed")
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="")

    def said(self, language: str) -> str:
        """The reason in the reader's language, where it was written."""
        return self.reason_en if language == "en" and self.reason_en else self.reason


def layered(book: LawBook, rows: list[Amendment]) -> LawBook:
    """The book with approved amendments over it, in the order of their approval. Raises LawError
    for a row that the reader does not take."""
    amended: dict[str, tuple[Amended, ...]] = dict(book.amended)
    calendars, worded = dict(book.calendars), dict(book.worded)
    for row in rows:
        if row.kind == "profile" and row.takes_effect is not None:
            source = parse_source(f"{row.name}.toml", row.name, row.text.encode())
            found = Amended(row.id, row.takes_effect, source)
            amended[row.name] = (*amended.get(row.name, ()), found)
        elif row.kind == "wording" and row.takes_effect is not None:
            one = Worded(row.takes_effect, parse_wording(row.name, row.text))
            worded[row.name] = (*worded.get(row.name, ()), one)
        else:
            name, year = row.name.rsplit("-", 1)
            calendars[name] = with_year(calendars[name], int(year), row.text)
    return LawBook(book.sources, calendars, amended, worded)


def with_year(calendar: Calendar, year: int, text: str) -> Calendar:
    """The calendar with the table of one more year, or of one anew. Raises LawError."""
    table = parse_year(f"{calendar.name}-{year}.toml", text.encode())
    return replace(calendar, years={**calendar.years, year: table})


def approved(session: Session) -> list[Amendment]:
    """In the order in which they were approved. One query."""
    a = Amendment
    return list(
        session.scalars(select(a).where(a.state == "approved").order_by(a.decided_at, a.id))
    )


class LawInForce:
    """The files with the rows over them, looked at again at most every two seconds.

    Only one thread at a time looks, the others go on with what is known: nobody who holds a
    connection waits for a second one. Where rows cannot be read, what is known stands.
    """

    def __init__(self, book: LawBook, database: Database) -> None:
        self._files, self._database = book, database
        self._book, self._looked = book, float("-inf")
        self._ids: tuple[str, ...] = ()
        self._looking = threading.Lock()

    def book(self) -> LawBook:
        """At most two seconds old, and at once what this process itself has approved."""
        if time.monotonic() - self._looked >= EVERY and self._looking.acquire(blocking=False):
            try:
                self._look()
            except Exception:
                log.exception("amendments not read")
            finally:
                self._looked = time.monotonic()
                self._looking.release()
        return self._book

    def forget(self) -> None:
        """Look again the next time."""
        self._looked = float("-inf")

    def _look(self) -> None:
        with self._database.read() as session:
            rows = approved(session)
            ids = tuple(row.id for row in rows)
            if ids != self._ids:
                self._book, self._ids = layered(self._files, rows), ids
