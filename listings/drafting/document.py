"""The text of a dropped Word or PDF file, paragraph by paragraph, with where each one stands."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from listings.drafting.docx import read_docx
from listings.drafting.errors import DocumentEmpty, DocumentTooLarge, DocumentUnknown
from listings.importing.child import run_reader

MAX_SIZE: Final = 50 * 1024**2
MAX_PARAGRAPHS: Final = 5_000
_PDF_SECONDS: Final = 30
_PDF_MEMORY: Final = 768 * 1024**2


@dataclass(frozen=True)
class Paragraph:
    """`page` from 1 in a PDF, None in Word, whose pages only a printer knows; `number` from 1."""

    text: str
    number: int
    page: int | None = None


def read_document(path: Path) -> list[Paragraph]:
    """The first 5,000 paragraphs. Raises FileRefused: of this area, or of the readers."""
    if path.stat().st_size > MAX_SIZE:
        raise DocumentTooLarge(limit=MAX_SIZE >> 20)
    with path.open("rb") as file:
        head = file.read(1024)
    if head.startswith(b"PK\x03\x04"):
        texts = [(text, None) for text in read_docx(path)]
        found = _numbered(texts)
    elif b"%PDF-" in head:
        found = _numbered(_read_pdf(path))
    else:
        raise DocumentUnknown
    if not found:
        raise DocumentEmpty
    return found


def _numbered(texts: list[tuple[str, int]] | list[tuple[str, None]]) -> list[Paragraph]:
    kept = [(" ".join(text.split()), page) for text, page in texts if text.strip()]
    return [Paragraph(t, n, page) for n, (t, page) in enumerate(kept[:MAX_PARAGRAPHS], 1)]


def _read_pdf(path: Path) -> list[tuple[str, int]]:
    with TemporaryDirectory(prefix="draft-") as folder:
        target = Path(folder) / "text.jsonl"
        run_reader(
            "listings.drafting.pdf_child", str(path), str(target),
            memory=_PDF_MEMORY, seconds=_PDF_SECONDS,
        )  # fmt: skip
        with target.open(encoding="utf-8") as lines:
            pages = [json.loads(line) for line in lines]
    return [(text, page) for page, texts in pages for text in texts]
