"""XLSX: converted once, in a limited child process, to JSON lines of cells; then streamed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from listings.importing.archive import check_archive
from listings.importing.child import run_reader
from listings.importing.delimited import Cells


def convert(path: Path, target: Path) -> None:
    """Writes the first sheet that has rows to `target`, a JSON array of texts on each line.

    Raises ArchiveRefused, ArchiveBroken and ReaderStopped.
    """
    check_archive(path).close()
    run_reader("listings.importing.workbook_child", str(path), str(target))


def read_cells(converted: Path) -> Iterator[Cells]:
    """The records of what `convert` wrote, numbered as the sheet numbers its rows."""
    with converted.open(encoding="utf-8") as text:
        for line in text:
            number, *values = json.loads(line)
            if any(values):
                yield Cells(number, values)
