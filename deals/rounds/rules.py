"""Rules of a round as pure functions of plain values; the figures come from the law profile."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.money import Money


@dataclass(frozen=True)
class Tiers:
    """Working days of disclosure by floor price: `short` from `begins` on, `long` above `above`."""

    short: int
    long: int
    begins: Money
    above: Money


def least_days(floor: Money, market: int, tiers: Tiers | None) -> int:
    """Working days for which a round is disclosed at least; never fewer than the market's own.

    `tiers`: those of state-owned enterprises where they bind the owner, else None. A floor in
    another currency cannot be compared, so the longer period holds.
    """
    if tiers is None:
        return market
    if floor.currency != tiers.above.currency or floor.minor > tiers.above.minor:
        return max(market, tiers.long)
    return max(market, tiers.short) if floor.minor >= tiers.begins.minor else market


class Next(StrEnum):
    """What follows a disclosure period."""

    EXTEND = "extend"
    FAIL = "fail"
    DEAL = "deal"
    OPEN = "open"
    KEYS = "keys"
    QUOTES = "quotes"


def after_period(qualified: int, *, extensions: int, keys: bool, lone_quote: bool) -> Next:
    """`extensions`: how many announced ones are left; `lone_quote`: the only qualified party left
    a sealed quote before the period ended; `keys`: both keepers' keys are there."""
    if qualified == 0:
        return Next.EXTEND if extensions > 0 else Next.FAIL
    if qualified == 1:
        return Next.OPEN if lone_quote else Next.DEAL
    return Next.QUOTES if keys else Next.KEYS


@dataclass(frozen=True)
class Opened:
    """A quote as it was opened; `number` grows in the order of receipt."""

    number: int
    registration: str
    minor: int


def lone_price(listed: int, quoted: int | None) -> int:
    """Of the only qualified party: the list price, or its own quote where that is higher."""
    return listed if quoted is None else max(listed, quoted)


def standing(quotes: Sequence[Opened], floor: int) -> list[Opened]:
    """The last quote of each registration, at the floor or above, in the order of receipt."""
    last = {quote.registration: quote for quote in sorted(quotes, key=lambda one: one.number)}
    found = [quote for quote in last.values() if quote.minor >= floor]
    return sorted(found, key=lambda one: one.number)


def winner(quotes: Sequence[Opened], floor: int, eligible: Collection[str]) -> Opened | None:
    """The highest standing quote of an eligible party; of equal ones the earliest received."""
    valid = [quote for quote in standing(quotes, floor) if quote.registration in eligible]
    return max(valid, key=lambda one: (one.minor, -one.number), default=None)


def is_usual(deposit: int, floor: int, least: Decimal, most: Decimal) -> bool:
    """Whether a deposit lies within these shares of the list price; asking for none is no share."""
    return not deposit or least * floor <= deposit <= most * floor


def lowest_relisting(floor: int, cut: Decimal) -> int:
    """The lowest floor, in minor units, at which a failed round may be listed again; rounded up."""
    kept = Decimal(floor) * (1 - cut)
    return int(kept.to_integral_value(rounding="ROUND_CEILING"))
