"""How often something may be tried. Rows in the database, so all processes count together."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from accounts.models import Attempt, RequestCount
from core.database import Database


@dataclass(frozen=True)
class Limit:
    """At most `most` attempts within `span`; per subject, per origin, or of everybody."""

    per: str
    most: int
    span: timedelta


FIVE_MINUTES: Final = timedelta(minutes=5)
LIMITS: Final[dict[str, tuple[Limit, ...]]] = {
    "sign_in": (
        Limit("subject", 10, FIVE_MINUTES),
        Limit("origin", 10, FIVE_MINUTES),
        Limit("all", 1000, FIVE_MINUTES),
    ),
    "code": (
        Limit("subject", 5, FIVE_MINUTES),
        Limit("subject", 20, timedelta(hours=1)),
        Limit("subject", 50, timedelta(days=1)),
        Limit("origin", 50, timedelta(hours=1)),
    ),
    "send": (
        Limit("subject", 5, timedelta(days=1)),
        Limit("origin", 30, timedelta(hours=1)),
        Limit("all", 1000, timedelta(hours=1)),
    ),
}
"""Figures of PyPI's own service, which has stood under attack for years: sign-in 10 in five
minutes per user and address and 1,000 in all; codes 5 in five minutes, 20 an hour, 50 a day;
letters 5 a day. Only failures count for sign-in and codes."""


def fingerprint(text: str) -> str:
    """What an attempt remembers of a contact or an address: enough to count, not to read."""
    return hashlib.sha256(text.encode()).hexdigest()


def exceeded(
    session: Session, what: str, subject: str, origin: str, now: datetime
) -> timedelta | None:
    """The span of the first limit that is used up, or None. Takes fingerprints."""
    for limit in LIMITS[what]:
        clauses = [Attempt.what == what, Attempt.at > now - limit.span]
        if limit.per == "subject":
            clauses.append(Attempt.subject == subject)
        elif limit.per == "origin":
            if not origin:
                continue
            clauses.append(Attempt.origin == origin)
        if (session.scalar(select(func.count()).where(*clauses)) or 0) >= limit.most:
            return limit.span
    return None


MINUTE: Final = timedelta(minutes=1)
_KEPT: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Rate:
    """Where a caller stands in the minute that runs: `left` of `most`, `seconds` until the next."""

    most: int
    left: int
    seconds: int
    exceeded: bool


def count_request(database: Database, subject: str, most: int, by: int = 1) -> Rate:
    """Counts one request of a token or address, or `by` at once, in one statement that all
    processes share.

    Of no stream and in no chain: a counter row per subject and minute is brought forward by one,
    and the first request of a minute sweeps the counters of an hour ago.
    """
    with database.write() as session:
        now = database.now(session)
        minute = now.replace(second=0, microsecond=0)
        insert = (sqlite if database.sqlite else postgresql).insert(RequestCount)
        count = session.scalar(
            insert.values(subject=subject, minute=minute, count=by)
            .on_conflict_do_update(
                index_elements=["subject", "minute"], set_={"count": RequestCount.count + by}
            )
            .returning(RequestCount.count)
        )
        if count == by:
            session.execute(delete(RequestCount).where(RequestCount.minute < now - _KEPT))
        session.commit()
    used = count or by
    seconds = max(1, int((minute + MINUTE - now).total_seconds()))
    return Rate(most, max(0, most - used), seconds, used > most)
