"""QR codes (ISO/IEC 18004) as one path of unit squares, for pages and for printed papers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import segno

QUIET: Final = 2
"""Modules of white that are drawn around."""


@dataclass(frozen=True)
class Code:
    """`path` is SVG path data; `side` counts modules, without the white around."""

    path: str
    side: int


def code(text: str) -> Code:
    """The code of a text, correcting 15 % (level M)."""
    rows = segno.make(text, error="m", micro=False).matrix
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return Code(path, len(rows))


def svg(text: str) -> str:
    """A picture of its own, black on white, for what prints."""
    drawn = code(text)
    whole = drawn.side + 2 * QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-{QUIET} -{QUIET} {whole} {whole}">'
        f'<rect x="-{QUIET}" y="-{QUIET}" width="{whole}" height="{whole}" fill="#fff"/>'
        f'<path d="{drawn.path}"/></svg>'
    )
