"""Opens a file the way its description says; the one way in for preview, check and run."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from listings.importing import delimited, jsonfile, uspto, workbook
from listings.importing.archive import check_archive, unpack_member
from listings.importing.delimited import Cells, unique_header
from listings.importing.description import Description
from listings.importing.row import Row


@contextmanager
def open_rows(path: Path, described: Description) -> Iterator[Iterator[Row]]:
    """The rows of the file, one at a time. Raises FileRefused, also while rows are taken."""
    with TemporaryDirectory(prefix="import-") as folder:
        if described.member:
            inner = Path(folder) / "member"
            with check_archive(path) as archive:
                unpack_member(archive, described.member, inner)
            path = inner
        yield _rows(path, described, Path(folder))


def _rows(path: Path, described: Description, folder: Path) -> Iterator[Row]:
    if described.format == "jsonl":
        return jsonfile.read_lines(path, described.encoding)
    if described.format == "json":
        return jsonfile.read_array(path, described.encoding)
    if described.format == "uspto_xml":
        return uspto.read_documents(path)
    cells = table_cells(path, described.format, described.encoding, described.delimiter, folder)
    return _table(cells, described.header_row, described.encoding)


def table_cells(
    path: Path, kind: str, encoding: str, delimiter: str, folder: Path
) -> Iterator[Cells]:
    """The records of a table before its header is known."""
    if kind == "xlsx":
        converted = folder / "sheet.jsonl"
        if not converted.exists():
            workbook.convert(path, converted)
        return workbook.read_cells(converted)
    return delimited.read_cells(path, encoding, delimiter)


def _table(cells: Iterator[Cells], header_row: int, encoding: str) -> Iterator[Row]:
    head = next(itertools.islice(cells, header_row, header_row + 1), None)
    if head is None:
        return
    yield from delimited.with_header(cells, unique_header(head.values), encoding)
