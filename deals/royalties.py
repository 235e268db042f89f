"""A royalty whose rate changes in steps: what it must say, and how much it makes. Pure.

Civil Code art. 846: the rate may be fixed, rising or falling. Each step holds for what lies above
its threshold, up to the next one; so there is no gap and nothing is counted twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final

from core.errors import Problem
from core.i18n import N_

MOST_STEPS: Final = 6
WHOLE: Final = 10_000
LARGEST: Final = 2**53


class Measure(StrEnum):
    """What the thresholds count."""

    AMOUNT = "amount"
    """What the royalty is taken of, in minor units of the terms' currency."""
    QUANTITY = "quantity"
    """Units sold."""


class Span(StrEnum):
    """From when the counting begins anew."""

    YEAR = "year"
    TERM = "term"


@dataclass(frozen=True)
class Step:
    """Above `above` the rate is `rate`, in basis points; 0 ends the royalty there."""

    above: int
    rate: int


@dataclass(frozen=True)
class Steps:
    """The steps that follow the first rate, which holds from nothing on; in their order."""

    by: str
    within: str
    each: tuple[Step, ...]

    @staticmethod
    def load(plain: dict[str, Any]) -> Steps:
        return Steps(plain["by"], plain["within"], tuple(Step(**one) for one in plain["each"]))


def step_problems(first: int | None, steps: Steps | None) -> list[Problem]:
    """What must be corrected; `first`: the rate before the first step, None without a royalty."""
    return list(_wrong(first, steps)) if steps is not None else []


def _wrong(first: int | None, steps: Steps) -> Iterator[Problem]:
    each = steps.each
    if first is None:
        yield Problem(
            "steps_without_royalty", N_("Steps need a royalty: the rate before the first.")
        )
    if steps.by not in set(Measure) or steps.within not in set(Span):
        text = N_("Say whether the steps count money or units, and in a year or the whole term.")
        yield Problem("steps_measure", text)
    if not 0 < len(each) <= MOST_STEPS:
        yield Problem(
            "steps_many", N_("Use between one and %(limit)s steps."), {"limit": MOST_STEPS}
        )
    if any(not 0 < one.above <= LARGEST for one in each):
        yield Problem("step_above", N_("Each step begins above zero."))
    if any(not 0 <= one.rate <= WHOLE for one in each):
        yield Problem("step_rate", N_("The rate of a step lies between 0 and 100 per cent."))
    if any(later.above <= one.above for one, later in pairwise(each)):
        text = N_("Put the steps in order: each begins above the one before it.")
        yield Problem("steps_order", text)
    if any(rate == later for rate, later in pairwise([first, *(one.rate for one in each)])):
        yield Problem("step_same", N_("A step changes the rate; leave out one that does not."))


def tiers(first: int, steps: Sequence[Step]) -> list[tuple[int, int | None, int]]:
    """(from, up to, rate) without a gap; the last one has no end."""
    begins = [0, *(one.above for one in steps)]
    ends = [*begins[1:], None]
    rates = [first, *(one.rate for one in steps)]
    return list(zip(begins, ends, rates, strict=True))


def royalty_of(first: int, steps: Sequence[Step], counted: int) -> Fraction:
    """What is due of a count in minor units: each tier's share of its own part. Exact: whoever
    books it rounds."""
    return sum(
        (
            Fraction((min(counted, up_to) if up_to is not None else counted) - begins)
            * rate
            / WHOLE
            for begins, up_to, rate in tiers(first, steps)
            if counted > begins
        ),
        Fraction(0),
    )
