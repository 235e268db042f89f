"""Typesets a sheet as PDF with typst: numbered pages, places for seals, half a seal on each edge.

Measured: a contract of both languages takes a quarter of a second, so it is made in the request.
The text comes as one JSON value and is never read as markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from contracts.sheet import Sheet
from core import typesetting
from core.i18n import N_, translator

TEMPLATE: Final = Path(__file__).parent / "texts" / "contract.typ"


def pdf(sheet: Sheet) -> bytes:
    """The printed contract. Raises FontMissing."""
    told = asdict(sheet) | _said(sheet.languages)
    told["signatures"] = [_place(party, sheet.languages) for party in sheet.parties]
    told["number_said"] = f"{told['number_said']} {sheet.number}"
    return typesetting.pdf(TEMPLATE, told)


def _said(languages: Sequence[str]) -> dict[str, Any]:
    return {
        "number_said": _both(N_("Contract no."), languages),
        "page_said": _both(N_("Page no."), languages),
        "edge_said": [translator(language).gettext(N_("Edge seal")) for language in languages],
        "colon": ": ",
    }


def _place(party: str, languages: Sequence[str]) -> dict[str, Any]:
    lines = (N_("Signature of the person authorised"), N_("Signed on"), N_("Signed at"))
    return {
        "party": party,
        "lines": [_both(line, languages) + ": ________" for line in lines],
        "seal": _both(N_("Seal of the party"), languages),
    }


def _both(msgid: str, languages: Sequence[str]) -> str:
    return " / ".join(translator(language).gettext(msgid) for language in languages)
