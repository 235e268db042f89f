"""Instants are aware UTC; legal dates are days on the market's wall. Nothing here reads a clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def utc(instant: datetime) -> datetime:
    """Return the same instant in UTC; ValueError where it has no zone."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return instant.astimezone(UTC)


def legal_date(instant: datetime, zone: ZoneInfo) -> date:
    """Return the date that the market's wall calendar shows at this instant."""
    return utc(instant).astimezone(zone).date()


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """Return the first instant of a legal day, in UTC.

    Where the clocks jump over midnight, that is the instant of the jump.
    """
    return datetime.combine(day, time(0), zone).astimezone(UTC)


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """Return the first instant after a legal day (24:00), in UTC: what ends then, ends before it.

    A period ends when business of its last day ends, at the latest at 24:00 (Civil Code art. 203).
    """
    return start_of_day(day + timedelta(days=1), zone)


def at_clock(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return the instant when the wall shows `clock` on a legal day; the earlier one of two."""
    return datetime.combine(day, clock.replace(tzinfo=None), zone).astimezone(UTC)


def to_text(instant: datetime) -> str:
    """Write an instant for machines: `2026-11-26T09:00:00.000000Z`; texts sort as instants do."""
    return utc(instant).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def from_text(text: str) -> datetime:
    """Read an ISO 8601 instant with its zone; ValueError for anything else."""
    return utc(datetime.fromisoformat(text))
