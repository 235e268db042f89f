"""How often something may be tried. Rows in the database, so all processes count together."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.models import Attempt


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
