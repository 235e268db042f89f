"""A public notice as the paper that an office posts: PDF by typst, and Word to put on its own
letterhead. Plain values in, octets out."""

from __future__ import annotations

import io
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from core import typesetting

TEMPLATE: Final = Path(__file__).parent / "texts" / "notice.typ"
_LATIN, _CHINESE = "Times New Roman", "SimSun"
_KEPT: Final = 64
"""Papers that are held ready: anybody may ask for one, and most ask for the same few."""


@dataclass(frozen=True)
class NoticePaper:
    """Everything printed, in one language. `rows` and `contact` are (name, text)."""

    language: str
    title: str
    address: str
    opening: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]
    closing: tuple[str, ...]
    contact: tuple[tuple[str, str], ...]
    signed: tuple[str, str]
    """Who posts it, and from which day."""
    proof: tuple[str, str]
    """What the digest is of, and the digest."""


@lru_cache(maxsize=_KEPT)
def pdf(paper: NoticePaper) -> bytes:
    """Raises FontMissing."""
    return typesetting.pdf(TEMPLATE, asdict(paper))


@lru_cache(maxsize=_KEPT)
def word(paper: NoticePaper) -> bytes:
    """A .docx with nothing in it that an office would have to take out."""
    document = Document()
    _set_page(document)
    _line(document, paper.title, size=16, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)
    _line(document, paper.address, size=8, align=WD_ALIGN_PARAGRAPH.CENTER)
    for text in paper.opening:
        _line(document, text)
    table = document.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    for name, text in paper.rows:
        for cell, said in zip(table.add_row().cells, (name, text), strict=True):
            cell.text = said
    for cell in table.columns[0].cells:
        cell.width = Cm(4)
    for text in ("", *paper.closing):
        _line(document, text)
    for name, text in paper.contact:
        _line(document, f"{name} {text}")
    for text in paper.signed:
        _line(document, text, align=WD_ALIGN_PARAGRAPH.RIGHT)
    _line(document, " ".join(paper.proof), size=7)
    document.core_properties.title, document.core_properties.author = paper.title, paper.signed[0]
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _set_page(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = _LATIN, Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _CHINESE)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)


def _line(
    document: Any, text: str, *, size: int = 0, bold: bool = False, align: Any = None
) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    run = paragraph.add_run(text)
    run.bold = bold
    if size:
        run.font.size = Pt(size)
