"""What a reader of questions gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

Range = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Context:
    """What the reading depends on: the market's currency (ISO 4217) and its legal date."""

    currency: str
    today: date


@dataclass(frozen=True, slots=True)
class Part:
    """A condition read from `text[start:end]`; `written` is that stretch.

    Either `values` of the filter `name` (alternatives), or the inclusive `range` of the number
    `name`; a price has its `currency` too, in whose minor units the range is.
    """

    start: int
    end: int
    written: str
    name: str
    values: tuple[str, ...] = ()
    range: Range | None = None
    currency: str = ""


Reader = Callable[[str, Context], Iterable[Part]]
"""Finds parts in a text folded to small letters, half-width digits and simplified characters."""
