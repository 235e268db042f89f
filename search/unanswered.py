"""Questions that found nothing, counted by day, so that the operator sees what the market lacks.

Only words are kept, never who asked; and what might name or reach somebody (a long text, an address
of mail, a long number) is not counted at all.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from core.database import Database
from core.times import legal_date
from search.folding import fold
from search.models import UnansweredQuestion

LONGEST: Final = 60
"""Characters: what is longer is a description of somebody's problem, not a question."""
MOST_A_DAY: Final = 1_000
"""Different questions of one day; whoever sends more of them wants to fill the table."""
_LONG_NUMBER: Final = re.compile(r"\d(?:\W?\d){5,}")
_EVERY: Final = 3600.0


def countable(text: str) -> str:
    """The question as it is counted: folded, so that one question is one row; "" if it is not."""
    asked = " ".join(fold(text).split())
    if len(asked) > LONGEST or "@" in asked or _LONG_NUMBER.search(asked):
        return ""
    return asked


def count_unanswered(database: Database, zone: ZoneInfo, text: str) -> None:
    """Of no stream and in no chain: a row per question and day is brought forward by one."""
    asked, row = countable(text), UnansweredQuestion
    if not asked:
        return
    with database.write(background=True) as session:
        day = legal_date(database.now(session), zone)
        insert = (sqlite if database.sqlite else postgresql).insert(row)
        count = session.scalar(
            insert.values(day=day, text=asked, count=1)
            .on_conflict_do_update(index_elements=["day", "text"], set_={"count": row.count + 1})
            .returning(row.count)
        )
        if count == 1 and _of_day(session, day) > MOST_A_DAY:
            return
        session.commit()


def _of_day(session: Session, day: date) -> int:
    row = UnansweredQuestion
    return session.scalar(select(func.count()).select_from(row).where(row.day == day)) or 0


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question, how often it found nothing, and the last day it did."""

    text: str
    times: int
    last: date


def unanswered(session: Session, since: date, limit: int) -> list[Unanswered]:
    """Those asked on `since` or later, the most frequent first. One query."""
    row = UnansweredQuestion
    times, last = func.sum(row.count), func.max(row.day)
    rows = session.execute(
        select(row.text, times, last)
        .where(row.day >= since)
        .group_by(row.text)
        .order_by(times.desc(), last.desc(), row.text)
        .limit(limit)
    )
    return [Unanswered(text, int(number), day) for text, number, day in rows]


class ForgetUnanswered:
    """A worker's task: once an hour removes what is older than the market keeps, in days."""

    def __init__(
        self,
        database: Database,
        zone: ZoneInfo,
        days: int,
        tick: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database, self._zone, self._days, self._tick = database, zone, days, tick
        self._next_look = 0.0

    def __call__(self) -> int:
        """Always 0: there is never more of it to do at once."""
        if self._tick() < self._next_look:
            return 0
        self._next_look = self._tick() + _EVERY
        with self._database.write(background=True) as session:
            today = legal_date(self._database.now(session), self._zone)
            old = UnansweredQuestion.day <= today - timedelta(days=self._days)
            session.execute(delete(UnansweredQuestion).where(old))
            session.commit()
        return 0
