"""The text of a Word file: one part of a zip, parsed with everything hostile switched off."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lxml import etree

from listings.drafting.errors import DocumentBroken, DocumentUnknown
from listings.importing.archive import check_archive
from listings.importing.errors import EntitiesDeclared, XmlMalformed

_PART: Final = "word/document.xml"
_MAX_PART: Final = 32 * 1024**2
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_docx(path: Path) -> list[str]:
    """Paragraphs in reading order; a table row of label and value becomes `label：value`.

    Raises ArchiveRefused, ArchiveBroken, DocumentUnknown, DocumentBroken, EntitiesDeclared.
    """
    with check_archive(path) as archive:
        if _PART not in archive.namelist():
            raise DocumentUnknown
        try:
            with archive.open(_PART) as part:
                content = part.read(_MAX_PART + 1)
        except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError) as error:
            raise DocumentBroken from error
    if len(content) > _MAX_PART:
        raise DocumentBroken
    if b"<!DOCTYPE" in content[:4096] or b"\0" in content[:200]:
        raise EntitiesDeclared  # Office never writes one
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise XmlMalformed(line=error.lineno or 1) from error
    body = root.find(f"{_W}body")
    return [] if body is None else list(_blocks(body))


def _blocks(parent: etree._Element) -> Iterator[str]:
    for block in parent:
        if block.tag == f"{_W}p":
            yield _text(block)
        elif block.tag == f"{_W}tbl":
            for row in block.iter(f"{_W}tr"):
                yield from _row(row)
        elif block.tag in (f"{_W}sdt", f"{_W}sdtContent"):
            yield from _blocks(block)


def _row(row: etree._Element) -> Iterator[str]:
    cells = ["\n".join(_text(p) for p in cell.iter(f"{_W}p")) for cell in row.iter(f"{_W}tc")]
    cells = [cell.strip() for cell in cells]
    labels = [cell.rstrip("：:") for cell in cells[::2]]
    if len(cells) % 2 == 0 and all(0 < len(label) <= 30 for label in labels):
        for label, value in zip(labels, cells[1::2], strict=True):
            yield f"{label}：{value}"
    else:
        yield " ".join(cell for cell in cells if cell)


def _text(paragraph: etree._Element) -> str:
    nodes = paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br")
    parts = ((node.text or "") if node.tag == f"{_W}t" else " " for node in nodes)
    return "".join(parts).strip()
