"""Runs in the child process: one PDF in, its text by page out. Never imported by the server."""

from __future__ import annotations

import json
import logging
import sys
from typing import Final

import pypdf
from pypdf.errors import FileNotDecryptedError, PyPdfError

from listings.drafting.errors import DocumentBroken, DocumentProtected
from listings.importing.child import REFUSED

_MAX_PAGES: Final = 60
_SENTENCE_ENDS: Final = tuple("。；：.;:!?！？")


def convert(source: str, target: str) -> None:
    """Writes [page, [paragraph, …]] a line for the first 60 pages."""
    reader = pypdf.PdfReader(source, strict=False)
    with open(target, "w", encoding="utf-8") as out:
        for number, page in enumerate(reader.pages[:_MAX_PAGES], 1):
            texts = paragraphs(page.extract_text() or "")
            out.write(json.dumps([number, texts], ensure_ascii=False) + "\n")


def paragraphs(text: str) -> list[str]:
    """Lines joined to paragraphs: a line that does not fill the measure or ends a sentence ends
    one, and so does a line that begins with a label."""
    lines = [line.strip() for line in text.splitlines()]
    full = max((len(line) for line in lines), default=0) * 0.8
    found: list[str] = []
    going_on = False
    for line in lines:
        if not line:
            going_on = False
            continue
        labelled = 0 < line.find("：") < 12 or 0 < line.find(":") < 30
        if going_on and found and not labelled:
            space = " " if found[-1][-1].isascii() and line[0].isascii() else ""
            found[-1] = f"{found[-1]}{space}{line}"
        else:
            found.append(line)
        going_on = len(line) >= full and not line.endswith(_SENTENCE_ENDS)
    return found


def _refuse(code: str) -> None:
    sys.stdout.write(code)
    sys.exit(REFUSED)


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    try:
        convert(sys.argv[1], sys.argv[2])
    except FileNotDecryptedError:
        _refuse(DocumentProtected.code)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        _refuse(DocumentBroken.code)  # the many ways in which pypdf meets a damaged file
