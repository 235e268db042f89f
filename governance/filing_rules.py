"""Returns and volumes that the operator makes for each period, and until when. Pure."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from core.errors import Problem
from core.i18n import N_
from core.law.days import add_months

QUARTER: Final = 3
MOST_PERIODS: Final = 4
"""So many periods are looked back upon: a year of quarters."""
LONGEST_RECEIPT: Final = 200


class FilingKind(StrEnum):
    TAX = "tax"
    IDENTITIES = "identities"
    STATISTICS = "statistics"
    VOLUME = "volume"
    """The entries of the audit chain of a quarter, in one file."""
    LOGS = "logs"
    """Nothing is made: somebody looks whether the logs are kept, and says where."""


LENGTH: Final[dict[str, int]] = {
    FilingKind.TAX: QUARTER,
    FilingKind.IDENTITIES: 2 * QUARTER,
    FilingKind.STATISTICS: QUARTER,
    FilingKind.VOLUME: QUARTER,
    FilingKind.LOGS: QUARTER,
}
"""Months of one period."""

FILING_RULES: Final[dict[str, str]] = {
    FilingKind.TAX: "platform.tax_information_months",
    FilingKind.IDENTITIES: "platform.identity_return_months",
    FilingKind.STATISTICS: "platform.statistics_months",
    FilingKind.VOLUME: "records.volume_months",
    FilingKind.LOGS: "logs.check_months",
}
"""Within how many months after a period it is owed."""
WITHOUT_FILE: Final = frozenset({FilingKind.LOGS})


@dataclass(frozen=True)
class FilingPeriod:
    """`name`: `2026-Q3` or `2026-H1`; both days belong to it."""

    name: str
    first: date
    last: date

    def due(self, months: int) -> date:
        """The last day of the months after it. Days of rest do not move it."""
        day = add_months(self.last.replace(day=1), months)
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def period_of(length: int, day: date) -> FilingPeriod:
    """The period of so many months to which a day belongs."""
    number = (day.month - 1) // length
    first = date(day.year, number * length + 1, 1)
    sign = "Q" if length == QUARTER else "H"
    return FilingPeriod(
        f"{day.year}-{sign}{number + 1}", first, add_months(first, length) - timedelta(days=1)
    )


def ended_periods(length: int, opened: date, today: date) -> Iterator[FilingPeriod]:
    """Those that are over and in which the market was open, the latest first."""
    found = period_of(length, today)
    for _ in range(MOST_PERIODS):
        found = period_of(length, found.first - timedelta(days=1))
        if found.last < opened:
            return
        yield found


def named_period(kind: str, name: str, today: date) -> FilingPeriod | None:
    """The ended period of this name, or None: within the years that a page may ask for."""
    length = LENGTH.get(kind, 0)
    if not length or not name[:4].isascii() or not name[:4].isdigit():
        return None
    year = int(name[:4])
    if not 2000 <= year <= today.year:
        return None
    periods = (period_of(length, date(year, month, 1)) for month in range(1, 13, length))
    return next((one for one in periods if one.name == name and one.last < today), None)


def receipt_problems(receipt: str) -> dict[str, list[Problem]]:
    """By what it is proven that it was handed in or kept."""
    if not receipt.strip():
        words = N_("Write the number of the receipt, or where it is kept.")
        return {"receipt": [Problem("receipt", words)]}
    if len(receipt) > LONGEST_RECEIPT:
        words = N_("Shorten this to %(length)s characters.")
        return {"receipt": [Problem("long", words, {"length": LONGEST_RECEIPT})]}
    return {}
