"""Prints plain values as PDF or draws them as PNG with typst: text comes as one JSON value, never
read as markup."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from core.errors import Refused
from core.i18n import N_

FONTS: Final = (
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
)
"""Open fonts (OFL) of the machine, the first that is there; none is shipped with the market."""


class FontMissing(Refused):
    """Boxes instead of characters are no document."""

    code = "font_missing"
    status = 503
    text = N_(
        "This machine has no font with Chinese characters, so no PDF was made. "
        "Ask the operator to install a Noto CJK font; what was to be printed is kept."
    )


@cache
def fonts() -> tuple[str, ...]:
    """Those of `FONTS` that this machine has."""
    known = set(typst.Fonts().families())
    return tuple(name for name in FONTS if name in known)


def pdf(template: Path, told: Mapping[str, Any]) -> bytes:
    """The template finds `told`, and the fonts beside it, in the input `sheet`. Raises
    FontMissing."""
    sheet = _told(told)
    return bytes(typst.compile(template, format="pdf", sys_inputs={"sheet": sheet}))


def png(template: Path, told: Mapping[str, Any]) -> bytes:
    """The one page of a template as a picture, a point a pixel. Raises FontMissing."""
    sheet = _told(told)
    return bytes(typst.compile(template, format="png", ppi=72, sys_inputs={"sheet": sheet}))


def _told(told: Mapping[str, Any]) -> str:
    if not fonts():
        raise FontMissing
    return json.dumps({**told, "fonts": fonts()})
