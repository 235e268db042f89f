"""Readiness: "TRL 6+", "TRL4-6", "技术成熟度6级以上", "at least TRL 5"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from search.understanding.reading import Context, Part, Range

_SIGN = r"(?P<sign>>=|<=|≥|≤|>|<|=)?"
_AFTER = (
    r"(?P<after>\+|\s?级?(?:及以上|以上|及以下|以下)"
    r"|(?:\s?(?:or|and) (?:higher|above|more|lower|below)))"
)
_PATTERN = re.compile(
    r"(?P<before>at least |up to |不低于|至少|不高于)?"
    r"(?:(?<![a-z0-9])trl|(?:技术)?成熟度(?:等级)?|readiness level)\s?[:：]?\s?"
    rf"{_SIGN}\s?(?P<low>[1-9])(?![0-9.])"
    rf"(?:级?\s?(?:-|–|—|~|～|至|到|to)\s?(?P<high>[1-9])(?![0-9.]))?(?:{_AFTER}|级)?(?![a-z0-9])"
)
_UP, _DOWN = ("+", "以上", "higher", "above", "more"), ("以下", "lower", "below")


def read(text: str, _context: Context) -> Iterator[Part]:
    for found in _PATTERN.finditer(text):
        yield Part(found.start(), found.end(), found[0], "trl", range=_range(found))


def _range(found: re.Match[str]) -> Range:
    low = int(found["low"])
    if found["high"]:
        high = int(found["high"])
        return min(low, high), max(low, high)
    sign, after, before = found["sign"] or "", found["after"] or "", found["before"] or ""
    if sign in {">=", "≥"} or after.endswith(_UP) or before in {"at least ", "不低于", "至少"}:
        return low, None
    if sign in {"<=", "≤"} or after.endswith(_DOWN) or before in {"up to ", "不高于"}:
        return None, low
    if sign == ">":
        return min(9, low + 1), None
    if sign == "<":
        return None, max(1, low - 1)
    return low, low
