"""What a notice in the owner's own unit still waits for, and when its owner is reminded. Pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from core.times import at_clock, legal_date

FIRST_REMINDER: Final = timedelta(days=2)
"""After publication, a custom of this market; then every `AGAIN`."""
AGAIN: Final = timedelta(days=7)
_MORNING: Final = time(9)


class Proven(Protocol):
    """A running notice, as far as its proofs go."""

    @property
    def asks_proof(self) -> bool: ...
    @property
    def begins_at(self) -> datetime: ...
    @property
    def last_day(self) -> date | None: ...
    @property
    def shown_until(self) -> date | None: ...
    @property
    def reminded_at(self) -> datetime | None: ...


def last_day_unshown(notice: Proven) -> bool:
    """Whether confirmation waits for a picture of the last day."""
    return notice.asks_proof and notice.shown_until is None


def reminds_at(notice: Proven, zone: ZoneInfo) -> datetime | None:
    """When the owner hears next of what it has to show: two days after publication, on the morning
    of the last day, and every week from either; None where nothing is missing."""
    if not last_day_unshown(notice):
        return None
    told = notice.reminded_at
    if notice.last_day is None:
        since = (told, AGAIN) if told is not None else (notice.begins_at, FIRST_REMINDER)
    else:
        due = at_clock(notice.last_day, _MORNING, zone)
        if told is None or told < due:
            return due
        since = (told, AGAIN)
    return at_clock(legal_date(since[0], zone) + since[1], _MORNING, zone)
