"""When a letter leaves: at once, in a digest, or not at all; and never in somebody's quiet hours.

Pure, but for reading the choices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.i18n import N_
from core.times import at_clock, legal_date
from notifications.models import MailChoice, QuietHours

GROUPS: Final[Mapping[str, str]] = {
    "listing": N_("My results"),
    "inquiry": N_("Inquiries"),
    "deal": N_("Deals"),
    "organisation": N_("My organisation"),
    "saved_search": N_("Saved searches"),
}
"""Groups of topics, by the first part of the topic. What is in no group (one's password, codes,
invitations) is always sent at once."""

_AS: Final[Mapping[str, str]] = {
    "contract": "deal",
    "contract_registration": "deal",
    "asset": "listing",
    "proposal": "inquiry",
}
"""What belongs to another group than its own name says: a contract is its deal's, and the use of
a result is told with results."""

RHYTHMS: Final[Mapping[str, str]] = {
    "once": N_("At once"),
    "daily": N_("Daily digest"),
    "weekly": N_("Weekly digest"),
    "never": N_("No mail"),
}
DIGEST_AT: Final = time(8)
MONDAY: Final = 0


@dataclass(frozen=True)
class Habits:
    """One person's choices."""

    rhythms: Mapping[str, str] = field(default_factory=dict)
    quiet_begins: int = 0
    quiet_ends: int = 0

    def rhythm(self, topic: str) -> str:
        group = group_of(topic)
        return self.rhythms.get(group, "once") if group else "once"


def group_of(topic: str) -> str:
    """The group whose rhythm holds for a topic; empty for what cannot be put off."""
    named = topic.partition(".")[0]
    group = _AS.get(named, named)
    return group if group in GROUPS else ""


def habits_of(session: Session, people: Sequence[str]) -> dict[str, Habits]:
    """By person; who chose nothing has the defaults. Two queries."""
    rhythms: dict[str, dict[str, str]] = {person: {} for person in people}
    for choice in session.scalars(select(MailChoice).where(MailChoice.person.in_(people))):
        rhythms[choice.person][choice.topics] = choice.rhythm
    quiet = select(QuietHours).where(QuietHours.person.in_(people))
    hours = {row.person: (row.begins, row.ends) for row in session.scalars(quiet)}
    return {person: Habits(rhythms[person], *hours.get(person, (0, 0))) for person in rhythms}


def after_quiet(now: datetime, habits: Habits, zone: ZoneInfo) -> datetime:
    """`now`, or the end of the quiet hours that it falls into."""
    begins, ends = habits.quiet_begins, habits.quiet_ends
    hour = now.astimezone(zone).hour
    inside = begins <= hour < ends if begins <= ends else hour >= begins or hour < ends
    if not inside:
        return now
    today = legal_date(now, zone)
    day = today + timedelta(days=1) if hour >= ends else today
    return at_clock(day, time(ends), zone)


def next_digest(now: datetime, rhythm: str, zone: ZoneInfo) -> datetime:
    """The next morning, or the morning of the next Monday, that is later than `now`."""
    day = legal_date(now, zone)
    if at_clock(day, DIGEST_AT, zone) <= now:
        day += timedelta(days=1)
    if rhythm == "weekly":
        day += timedelta(days=(MONDAY - day.weekday()) % 7)
    return at_clock(day, DIGEST_AT, zone)
