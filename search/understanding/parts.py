"""All readers over one question."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from core.reference import region_and_above
from search.folding import fold
from search.numbers import recognise
from search.queries import LONGEST
from search.understanding import levels, names, prices, symbols, times
from search.understanding.reading import Context, Part, Range, Reader

READERS: Final[tuple[Reader, ...]] = (
    levels.read,
    prices.read,
    times.read,
    symbols.read,
    names.read,
)
"""In this order: what one has read, the next does not read again."""


@dataclass(frozen=True, slots=True)
class Understood:
    """`words` are what is left to be searched for; `parts` are in the order of the text."""

    words: str
    parts: tuple[Part, ...] = ()

    @property
    def filters(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for part in self.parts:
            for value in part.values:
                found[part.name] = tuple(dict.fromkeys((*found.get(part.name, ()), value)))
            if part.currency:
                found["currency"] = (part.currency,)
        if "region" in found:
            found["region"] = _narrowest(found["region"])
        return found

    @property
    def ranges(self) -> dict[str, Range]:
        return {part.name: part.range for part in self.parts if part.range is not None}


def understand(
    text: str, *, currency: str, today: date, literal: Collection[str] = ()
) -> Understood:
    """What the text asks for. Parts whose `written` is in `literal` stay words, and "*" leaves
    all of them; a text that is a patent's number is left alone."""
    asked = text[:LONGEST]
    if "*" in literal or recognise(asked):
        return Understood(text)
    folded, context = fold(asked), Context(currency, today)
    found: list[Part] = []
    for read in READERS:
        for part in read(folded, context):
            written = asked[part.start : part.end].strip()
            if written in literal or _overlaps(part, found) or _second_range(part, found):
                continue
            found.append(_as_written(part, written))
    found.sort(key=lambda part: part.start)
    return Understood(_left(asked, found), tuple(found))


def _narrowest(regions: tuple[str, ...]) -> tuple[str, ...]:
    """Of a province and its city ("湖北 武汉") the city is meant."""
    above = {code for region in regions for code in region_and_above(region)[:-1]}
    return tuple(region for region in regions if region not in above)


def _overlaps(part: Part, found: list[Part]) -> bool:
    return any(part.start < other.end and other.start < part.end for other in found)


def _second_range(part: Part, found: list[Part]) -> bool:
    """Two ranges of one number would have to be both; the second stays a word."""
    return part.range is not None and any(part.name == other.name for other in found)


def _as_written(part: Part, written: str) -> Part:
    return Part(part.start, part.end, written, part.name, part.values, part.range, part.currency)


def _left(text: str, found: list[Part]) -> str:
    pieces, at = [], 0
    for part in found:
        pieces.append(text[at : part.start])
        at = part.end
    return " ".join(" ".join((*pieces, text[at:])).split()).strip(" ,;，；、")
