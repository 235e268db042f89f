"""What the operator owes on a day, from what is there and which rules hold. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from governance.rules import WAIT_DAYS

MEASURES: Final = "platform.ip_notice_measures"
VERIFY: Final = "platform.verify_identities"
NOTICE: Final = "notice.price.min_days"
HOLIDAYS_FROM_MONTH: Final = 11
"""The State Council arranges the holidays of a year in the autumn before it."""


class DutyKind(StrEnum):
    EXAMINE = "examine"
    WAIT_ENDS = "wait_ends"
    NOTICE_BEGINS = "notice_begins"
    NOTICE_ENDS = "notice_ends"
    VERIFY = "verify"
    HOLIDAYS = "holidays"


RULES: Final[dict[DutyKind, str]] = {
    DutyKind.EXAMINE: MEASURES,
    DutyKind.WAIT_ENDS: WAIT_DAYS,
    DutyKind.NOTICE_BEGINS: NOTICE,
    DutyKind.NOTICE_ENDS: NOTICE,
    DutyKind.VERIFY: VERIFY,
}
"""A duty is owed only where the profile knows its rule."""


@dataclass(frozen=True)
class Since:
    """A stream that has waited since a legal day."""

    ref: str
    day: date


@dataclass(frozen=True)
class Period:
    """A public notice: its id, the stream that it is about, its first and last day."""

    id: str
    ref: str
    first: date
    last: date


@dataclass(frozen=True)
class Facts:
    """What is there. `waiting`: complaints by the last day on which a suit can be shown."""

    today: date
    rules: frozenset[str]
    infringements: tuple[Since, ...] = ()
    waiting: tuple[Since, ...] = ()
    notices: tuple[Period, ...] = ()
    applied: tuple[Since, ...] = ()
    knows_next_year: bool = True


@dataclass(frozen=True)
class Duty:
    """`ref`: the stream whose chain proves it; `notice`: its public notice, where it has one."""

    kind: DutyKind
    due: date
    ref: str = ""
    notice: str = ""

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
        yield Duty(DutyKind.HOLIDAYS, date(today.year, 12, 31))
