"""A map without borders to argue about: one tile for each province, where it roughly lies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from search.queries import Count
from webapp.language import page_language
from webapp.presenters import labels
from webapp.presenters.searching import Asked

TILE: Final = 56
"""Side of a tile in the drawing's units, with its gap."""
STEPS: Final = 5
"""Shades between few and many."""

_AT: Final[Mapping[str, tuple[int, int]]] = {
    "230000": (7, 0), "150000": (5, 1), "220000": (7, 1), "650000": (0, 2), "620000": (2, 2),
    "640000": (3, 2), "140000": (4, 2), "110000": (5, 2), "120000": (6, 2), "210000": (7, 2),
    "540000": (0, 4), "630000": (1, 3), "610000": (3, 3), "410000": (4, 3), "130000": (5, 3),
    "370000": (6, 3), "510000": (2, 4), "500000": (3, 4), "420000": (4, 4), "340000": (5, 4),
    "320000": (6, 4), "310000": (7, 4), "530000": (2, 5), "520000": (3, 5), "430000": (4, 5),
    "360000": (5, 5), "330000": (6, 5), "710000": (7, 6), "450000": (4, 6), "440000": (5, 6),
    "350000": (6, 6), "460000": (4, 7), "820000": (5, 7), "810000": (6, 7),
}  # fmt: skip


_LETTERS: Final[Mapping[str, str]] = {
    "110000": "BJ", "120000": "TJ", "130000": "HE", "140000": "SX", "150000": "NM", "210000": "LN",
    "220000": "JL", "230000": "HL", "310000": "SH", "320000": "JS", "330000": "ZJ", "340000": "AH",
    "350000": "FJ", "360000": "JX", "370000": "SD", "410000": "HA", "420000": "HB", "430000": "HN",
    "440000": "GD", "450000": "GX", "460000": "HI", "500000": "CQ", "510000": "SC", "520000": "GZ",
    "530000": "YN", "540000": "XZ", "610000": "SN", "620000": "GS", "630000": "QH", "640000": "NX",
    "650000": "XJ", "710000": "TW", "810000": "HK", "820000": "MO",
}  # fmt: skip
"""Two letters of each province (GB/T 2260), where its name in letters would not fit a tile."""


@dataclass(frozen=True)
class Tile:
    """`shade` is 0 where there is nothing, else 1 to STEPS."""

    code: str
    name: str
    short: str
    count: int
    x: int
    y: int
    shade: int
    chosen: bool
    url: str


def tiles(counts: Iterable[Count], asked: Asked) -> list[Tile]:
    """Every province with its number of results; its address narrows the search to it."""
    by_code = {count.value: count.count for count in counts}
    most = max((by_code.get(code, 0) for code in _AT), default=0)
    chosen = asked.filters.get("region", ())
    found = []
    for code, (column, row) in _AT.items():
        number = by_code.get(code, 0)
        shade = -(-number * STEPS // most) if number else 0
        is_chosen = code in chosen
        url = (
            asked.without("region", code)
            if is_chosen
            else asked.query(filters={**asked.filters, "region": (*chosen, code)})
        )
        place = labels.reference_name("regions", code)
        found.append(
            Tile(
                code,
                place,
                _short(code, place),
                number,
                column * TILE,
                row * TILE,
                shade,
                is_chosen,
                url,
            )
        )
    return found


def _short(code: str, place: str) -> str:
    """北京 for 北京市, 内蒙古 for 内蒙古自治区; letters where the page is in English."""
    if page_language() != "zh":
        return _LETTERS[code]
    return place[:3] if place.startswith(("内蒙古", "黑龙江")) else place[:2]
