"""When a result counts as unused, so that its makers may act on it. Pure.

The makers of a state institute's result may convert it under agreement with the unit, which stays
its owner (Law on Promoting the Conversion of Results, art. 19). Since when it must be unused, the
profile says (Zhejiang Regulation art. 38: a year from grant or registration); where it sets
nothing, no time gives the right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from core.errors import Invalid, Problem
from core.i18n import N_
from core.law import Profile
from deals.idle.errors import NoUsePeriod, UnitActs, UseDayUnknown, UsePeriodRuns
from deals.idle.states import Basis

MONTHS: Final = "idle.inventor_may_act_months"
ANSWER: Final = "idle.answer_days"
REASONS: Final = ("own_use", "in_talks", "wrong_day", "others_rights")
"""Why a unit refuses or ends it, as codes."""
WITHDRAWN: Final = "withdrawn"
"""The reason of a maker who ends their own."""


class Standing(StrEnum):
    """How a result stands to the period."""

    UNSET = "unset"
    """the profile sets none"""
    UNKNOWN = "unknown"
    """no day from which to count"""
    RUNNING = "running"
    OVER = "over"
    USED = "used"
    """the unit acts: talks run or a right was granted"""


@dataclass(frozen=True)
class Counted:
    """The legal day from which the period is counted, and the event of that day."""

    basis: Basis
    day: date


@dataclass(frozen=True)
class Idle:
    """`ends_on`: the last day of the unit's period, where one is counted."""

    standing: Standing
    counted: Counted | None = None
    ends_on: date | None = None


def counted_from(grants: Sequence[date | None], registered: date | None) -> Counted | None:
    """With patents: the last grant, once all are granted. Without: the registration."""
    days = [day for day in grants if day is not None]
    if grants:
        return Counted(Basis.GRANT, max(days)) if len(days) == len(grants) else None
    return Counted(Basis.REGISTRATION, registered) if registered else None


def sets_period(profile: Profile) -> bool:
    return MONTHS in profile and profile.value(MONTHS).value is not None


def idle_on(profile: Profile, counted: Counted | None, today: date, *, used: bool) -> Idle:
    """How a result stands on a legal day. `used`: talks run about it, or a right was granted."""
    if not sets_period(profile):
        return Idle(Standing.UNSET)
    ends_on = profile.deadline(MONTHS, counted.day).day if counted else None
    if used:
        return Idle(Standing.USED, counted, ends_on)
    if ends_on is None:
        return Idle(Standing.UNKNOWN)
    return Idle(Standing.OVER if today > ends_on else Standing.RUNNING, counted, ends_on)


def check_over(idle: Idle) -> Counted:
    """From which day the period was counted. Raises NoUsePeriod, UnitActs, UseDayUnknown,
    UsePeriodRuns unless it is over."""
    if idle.standing is Standing.UNSET:
        raise NoUsePeriod
    if idle.standing is Standing.USED:
        raise UnitActs
    if idle.counted is None:
        raise UseDayUnknown
    if idle.standing is Standing.RUNNING:
        raise UsePeriodRuns(day=str(idle.ends_on))
    return idle.counted


def check_registered(day: date | None, today: date) -> None:
    """A day of registration that the maker reads from the certificate. Raises Invalid."""
    if day is not None and day > today:
        said = N_("That day is still to come.")
        raise Invalid({"registered_on": [Problem("future", said)]})


def check_reason(reason: str) -> None:
    """The unit says why. Raises Invalid."""
    if reason not in REASONS:
        said = N_("Say why, so that the makers know what to do.")
        raise Invalid({"reason": [Problem("reason", said)]})
