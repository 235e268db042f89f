"""Counting days as the Civil Code counts them (arts. 201-203), with the State Council's calendar.

The day of the event is not counted. A period ends with its last day at 24:00; where that is a day
of rest, it ends with the next working day. The calendar of a year is published in the autumn
before it, so a period may reach into a year that nobody knows yet. For such a year a day counts as
a working day only if no arrangement could make it a day of rest: it is neither on a weekend (the
working weekends that make up for long holidays are not foreseen) nor inside the window in which a
festival's holiday has ever lain. The days that count are then a subset of the days that will
really count, so the n-th of them is never before the real n-th one, and the first of them from a
given day on is never before the real first one. Such a date is marked provisional: it can become
earlier once the year is published, and never later.
"""

import calendar as months
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta


@dataclass(frozen=True, order=True)
class LegalDate:
    """A day that was counted; `provisional` where a year not yet published had a part in it."""

    day: date
    provisional: bool = False


@dataclass(frozen=True)
class Year:
    """The published arrangement of one year: days of rest beside weekends, and weekends worked."""

    holidays: frozenset[date]
    workdays: frozenset[date]


@dataclass(frozen=True)
class Festival:
    """Where a holiday can lie in a year not yet published.

    `dates` are the festival's own days where they are known (the moon's calendar can be computed);
    its holiday lies within `before` and `after` days of it. For other years the festival itself
    lies between two days of the year, given as (month, day).
    """

    before: int
    after: int
    between: tuple[tuple[int, int], tuple[int, int]]
    dates: Mapping[int, date]

    def covers(self, day: date) -> bool:
        """Whether the holiday could include this day (the festival of a neighbouring year too)."""
        return any(self._in_year(day, year) for year in (day.year - 1, day.year, day.year + 1))

    def _in_year(self, day: date, year: int) -> bool:
        if year in self.dates:
            first = last = self.dates[year]
        else:
            first, last = (date(year, *corner) for corner in self.between)
        return first - timedelta(self.before) <= day <= last + timedelta(self.after)


@dataclass(frozen=True)
class Calendar:
    """Working days of one country. `weekend` holds `date.weekday()` numbers (Monday is 0)."""

    name: str
    weekend: frozenset[int] = frozenset({5, 6})
    years: Mapping[int, Year] = field(default_factory=dict)
    festivals: tuple[Festival, ...] = ()

    def known(self, year: int) -> bool:
        """Whether the arrangement of this year has been published (and entered)."""
        return year in self.years

    def counts(self, day: date) -> bool:
        """Whether the day surely is a working day; in an unknown year, in any arrangement."""
        resting = day.weekday() in self.weekend
        year = self.years.get(day.year)
        if year is None:
            return not resting and not any(festival.covers(day) for festival in self.festivals)
        return day in year.workdays or not (resting or day in year.holidays)

    def first_working_day(self, day: date) -> LegalDate:
        """Return the day itself where it is a working day, else the next one (art. 203)."""
        provisional = not self.known(day.year)
        while not self.counts(day):
            day += timedelta(days=1)
            provisional |= not self.known(day.year)
        return LegalDate(day, provisional)

    def after_working_days(self, start: date, number: int) -> LegalDate:
        """Return the last of `number` working days that follow `start`; ValueError below one."""
        _positive(number)
        found = LegalDate(start)
        for _ in range(number):
            following = self.first_working_day(found.day + timedelta(days=1))
            found = LegalDate(following.day, found.provisional or following.provisional)
        return found

    def after_calendar_days(self, start: date, number: int) -> LegalDate:
        """Return the end of a period of calendar days that began on `start` (arts. 201, 203)."""
        _positive(number)
        return self.first_working_day(start + timedelta(days=number))

    def after_months(self, start: date, number: int) -> LegalDate:
        """Return the end of a period of months: the same day of its month, or the month's last.

        Civil Code art. 202, then 203. ValueError below one.
        """
        _positive(number)
        return self.first_working_day(add_months(start, number))

    def period_end(self, start: date, number: int, unit: str) -> LegalDate:
        """Return the end of a period in the unit of a law value; TypeError for other units."""
        if unit == "calendar_days":
            return self.after_calendar_days(start, number)
        if unit == "working_days":
            return self.after_working_days(start, number)
        if unit in {"months", "years"}:
            return self.after_months(start, number * (12 if unit == "years" else 1))
        raise TypeError(f"a period is not counted in {unit}")

    def working_days_between(self, start: date, end: date) -> int:
        """Return how many working days lie after `start`, up to and with `end`; not below zero."""
        days = (end - start).days
        return sum(self.counts(start + timedelta(days=n)) for n in range(1, days + 1))


def add_months(day: date, number: int) -> date:
    """Return the same day `number` months on, or the last day of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def _positive(number: int) -> None:
    if number < 1:
        raise ValueError("a period has at least one day")
