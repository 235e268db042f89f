"""When it was published: "2024年", "2022年以来", "近三年", "since 2022", "last 3 years"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from search.understanding.reading import Context, Part, Range

_YEAR = r"(?:19[89][0-9]|20[0-9]{2})"
_HAN = "一二三四五六七八九十"
_PATTERN = re.compile(
    rf"(?<![0-9])(?P<low>{_YEAR})年?\s?(?:-|–|—|~|至|到)\s?(?P<high>{_YEAR})年"
    rf"|(?<![0-9])(?P<from>{_YEAR})年(?:以来|以后|之后|起)"
    rf"|(?<![0-9])(?P<until>{_YEAR})年(?:以前|之前|及以前)"
    rf"|(?<![0-9])(?P<year>{_YEAR})年(?![0-9])"
    rf"|(?:最近|近)(?P<last>[0-9]{{1,2}}|[{_HAN}])年"
    rf"|\bsince (?P<since>{_YEAR})\b|\b(?:published )?in (?P<in>{_YEAR})\b"
    r"|\b(?:in the )?last (?P<past>[0-9]{1,2}) years\b"
)


def read(text: str, context: Context) -> Iterator[Part]:
    for found in _PATTERN.finditer(text):
        range_ = _range(found, context.today.year)
        yield Part(*found.span(), found[0], "year", range=range_)


def _range(found: re.Match[str], this_year: int) -> Range:
    if found["low"]:
        first, last = int(found["low"]), int(found["high"])
        return min(first, last), max(first, last)
    if begins := found["from"] or found["since"]:
        return int(begins), None
    if found["until"]:
        return None, int(found["until"]) - ("及" not in found[0])
    if only := found["year"] or found["in"]:
        return int(only), int(only)
    back = found["last"] or found["past"]
    number = _HAN.index(back) + 1 if back in _HAN else int(back)
    return this_year - number + 1, None
