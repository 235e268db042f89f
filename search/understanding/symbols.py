"""Symbols of the International Patent Classification: "B01D 61/00", "H04L", "G06"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core import reference
from search.understanding.reading import Context, Part

_SYMBOL = re.compile(
    r"(?<![a-z0-9\-/.])(?:ipc[:\s]?\s?)?(?P<class>[a-h][0-9]{2})(?P<subclass>[a-z])?"
    r"(?:\s?[0-9]{1,4}/[0-9]{2,6})?(?![a-z0-9\-/.])"
)


def read(text: str, _context: Context) -> Iterator[Part]:
    """A class alone is read only where nothing else is asked or IPC is named: F16 is also an
    aircraft."""
    known = reference.table("ipc_classes").entries
    for found in _SYMBOL.finditer(text):
        code = found["class"].upper()
        sure = found["subclass"] or found[0].startswith("ipc") or found[0] == text.strip()
        if code in known and sure:
            yield Part(*found.span(), found[0], "ipc_class", (code,))
