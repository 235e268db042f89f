"""What the operator owes on a day, from what is there and which rules hold. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from core.law.days import add_months
from governance.filing_rules import FILING_RULES, LENGTH, FilingKind, ended_periods
from governance.rules import WAIT_DAYS

MEASURES: Final = "platform.ip_notice_measures"
VERIFY: Final = "platform.verify_identities"
NOTICE: Final = "notice.price.min_days"
REVERIFY: Final = "platform.reverify_months"
REVERIFY_SHOWN: Final = timedelta(days=30)
"""So long before its last day it stands among the duties."""
HOLIDAYS_FROM_MONTH: Final = 11
"""The State Council arranges the holidays of a year in the autumn before it."""


class DutyKind(StrEnum):
    EXAMINE = "examine"
    WAIT_ENDS = "wait_ends"
    NOTICE_BEGINS = "notice_begins"
    NOTICE_ENDS = "notice_ends"
    VERIFY = "verify"
    REVERIFY = "reverify"
    HOLIDAYS = "holidays"
    TAX = FilingKind.TAX.value
    IDENTITIES = FilingKind.IDENTITIES.value
    STATISTICS = FilingKind.STATISTICS.value
    VOLUME = FilingKind.VOLUME.value
    LOGS = FilingKind.LOGS.value


RULES: Final[dict[DutyKind, str]] = {
    DutyKind.EXAMINE: MEASURES,
    DutyKind.WAIT_ENDS: WAIT_DAYS,
    DutyKind.NOTICE_BEGINS: NOTICE,
    DutyKind.NOTICE_ENDS: NOTICE,
    DutyKind.VERIFY: VERIFY,
    DutyKind.REVERIFY: REVERIFY,
    **{DutyKind(kind): rule for kind, rule in FILING_RULES.items()},
}
"""A duty is owed only where the profile knows its rule."""


@dataclass(frozen=True)
class Since:
    """A stream that has waited since a legal day."""

    ref: str
    day: date


@dataclass(frozen=True)
class Period:
    """A public notice: its id, the stream that it is about, the day on which it was published, its
    last day where that is known."""

    id: str
    ref: str
    first: date
    last: date | None


@dataclass(frozen=True)
class Facts:
    """What is there. `waiting`: complaints by the last day on which a suit can be shown; `sellers`:
    organisations that sell, by the day on which they were last verified; `filed`: (kind, period);
    `months`: the profile's figures in months."""

    today: date
    rules: frozenset[str]
    infringements: tuple[Since, ...] = ()
    waiting: tuple[Since, ...] = ()
    notices: tuple[Period, ...] = ()
    applied: tuple[Since, ...] = ()
    knows_next_year: bool = True
    sellers: tuple[Since, ...] = ()
    opened: date | None = None
    filed: frozenset[tuple[str, str]] = frozenset()
    months: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Duty:
    """`ref`: the stream whose chain proves it; `notice`: its public notice, where it has one;
    `period`: what a return or volume is about."""

    kind: DutyKind
    due: date
    ref: str = ""
    notice: str = ""
    period: str = ""

    @property
    def subject(self) -> str:
        """Which of its kind: a stream's name, or a period."""
        return self.period or (f"notice:{self.notice}" if self.notice else self.ref)

    def tone(self, today: date) -> str:
        if self.due < today:
            return "stop"
        return "due" if self.due == today else "waits"


def owed(facts: Facts) -> list[Duty]:
    """The earliest first."""
    found = [
        duty for duty in _all(facts) if duty.kind not in RULES or RULES[duty.kind] in facts.rules
    ]
    return sorted(found, key=lambda duty: (duty.due, duty.kind, duty.ref))


def _all(facts: Facts) -> Iterator[Duty]:
    today = facts.today
    for one in facts.infringements:
        yield Duty(DutyKind.EXAMINE, one.day, one.ref)  # “without delay” is the day it came
    for one in facts.waiting:
        yield Duty(DutyKind.WAIT_ENDS, one.day, one.ref)
    for notice in facts.notices:
        if notice.first == today:
            yield Duty(DutyKind.NOTICE_BEGINS, today, notice.ref, notice.id)
        if notice.last == today:
            yield Duty(DutyKind.NOTICE_ENDS, today, notice.ref, notice.id)
    for one in facts.applied:
        yield Duty(DutyKind.VERIFY, one.day, one.ref)
    if not facts.knows_next_year and today.month >= HOLIDAYS_FROM_MONTH:
        yield Duty(DutyKind.HOLIDAYS, date(today.year, 12, 31), period=str(today.year + 1))
    yield from _again(facts)
    yield from _filings(facts)


def _again(facts: Facts) -> Iterator[Duty]:
    """Identities of those who sell, some months after somebody last looked."""
    if not (months := facts.months.get(REVERIFY)):
        return
    for one in facts.sellers:
        due = add_months(one.day, months)
        if due <= facts.today + REVERIFY_SHOWN:
            yield Duty(DutyKind.REVERIFY, due, one.ref)


def _filings(facts: Facts) -> Iterator[Duty]:
    """Returns and volumes of periods that are over."""
    if facts.opened is None:
        return
    for kind, rule in FILING_RULES.items():
        if not (months := facts.months.get(rule)):
            continue
        for period in ended_periods(LENGTH[kind], facts.opened, facts.today):
            if (kind, period.name) not in facts.filed:
                yield Duty(DutyKind(kind), period.due(months), period=period.name)
