"""The curves of `results.json` as a drawing: python -m benchmarks.search.draw [FILE]

Three panels, each over the number of documents: milliseconds of a search, documents written in a
second, milliseconds of page 2 and of page 500. Nothing but the standard library.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.search.keeping import RESULTS

DRAWING: Final = Path(__file__).resolve().parents[2] / "docs" / "scaling.svg"
WIDTH, HEIGHT, LEFT, TOP, GAP = 300, 180, 56, 46, 56
COLOURS: Final = {"embedded": "#0b6b5d", "elasticsearch": "#a4471b"}
Point = tuple[float, float]


@dataclass(frozen=True)
class Curve:
    """`name` of a figure and how its line looks: dashes for what it is compared with."""

    name: str
    said: str
    dashes: str = ""


PANELS: Final = {
    "A search, ms": (
        Curve("engine_p50", "p50"),
        Curve("engine_p95", "p95", "6 3"),
        Curve("bare_p95", "p95, bare", "1 4"),
    ),
    "Written, documents/s": (
        Curve("engine_per_second", "engine"),
        Curve("bare_per_second", "bare", "1 4"),
    ),
    "A page, ms": (Curve("page_1_ms", "page 2"), Curve("page_500_ms", "page 500", "6 3")),
}


def drawing(results: Sequence[dict[str, Any]]) -> str:
    """An SVG of all panels side by side. Raises ValueError without figures."""
    if not results:
        raise ValueError("nothing measured yet")
    sizes = sorted({each["documents"] for each in results})
    wide = len(PANELS) * (WIDTH + GAP + LEFT)
    space = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {HEIGHT + 130}"'
    parts = [
        f'<svg {space} font-family="sans-serif" font-size="12" fill="#222" role="img">',
        "<title>Search by number of documents</title>",
        f'<rect width="{wide}" height="{HEIGHT + 130}" fill="#fff"/>',
    ]
    for number, (title, curves) in enumerate(PANELS.items()):
        across = LEFT + number * (WIDTH + GAP + LEFT)
        parts.append(f'<g transform="translate({across} {TOP})">')
        parts += _panel(title, curves, results, sizes)
        parts.append("</g>")
    return "\n".join([*parts, "</svg>\n"])


def _panel(
    title: str, curves: Sequence[Curve], results: Sequence[dict[str, Any]], sizes: Sequence[int]
) -> Iterator[str]:
    values = [each[curve.name] for each in results for curve in curves if each.get(curve.name)]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    high = max(high, low + 1)
    yield f'<text y="-18" font-size="14" font-weight="bold">{title}</text>'
    for power in range(low, high + 1):
        y = HEIGHT * (1 - (power - low) / (high - low))
        yield f'<path d="M0 {y:.0f}H{WIDTH}" stroke="#ddd"/>'
        yield f'<text x="-6" y="{y + 4:.0f}" text-anchor="end">{10**power:,g}</text>'
    for size in sizes:
        x = _across(size, sizes)
        yield f'<text x="{x:.0f}" y="{HEIGHT + 18}" text-anchor="middle">{_short(size)}</text>'
    row = 0
    for engine, colour in COLOURS.items():
        own = [each for each in results if each["engine"] == engine]
        for curve in curves:
            points = [
                (
                    _across(each["documents"], sizes),
                    HEIGHT * (1 - (math.log10(each[curve.name]) - low) / (high - low)),
                )
                for each in own
                if each.get(curve.name)
            ]
            if points:
                yield from _line(points, colour, curve, f"{engine}, {curve.said}", row)
                row += 1


def _line(points: Sequence[Point], colour: str, curve: Curve, said: str, row: int) -> Iterator[str]:
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    look = f'stroke="{colour}" stroke-width="2" stroke-dasharray="{curve.dashes}" fill="none"'
    yield f'<path d="{path}" {look}/>'
    for x, y in points:
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>'
    x, y = (row % 2) * (WIDTH // 2 + 20), HEIGHT + 38 + 15 * (row // 2)
    yield f'<path d="M{x} {y - 4}h24" {look}/><text x="{x + 30}" y="{y}">{said}</text>'


def _across(size: int, sizes: Sequence[int]) -> float:
    if len(sizes) == 1:
        return WIDTH / 2
    first, last = math.log10(sizes[0]), math.log10(sizes[-1])
    return WIDTH * (0.06 + 0.88 * (math.log10(size) - first) / (last - first))


def _short(size: int) -> str:
    return f"{size // 1_000_000}M" if size >= 1_000_000 else f"{size // 1_000}k"


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else DRAWING
    target.write_text(drawing(json.loads(RESULTS.read_text())), encoding="utf-8")
    print(target)
