"""CSV and TSV: found by trying, read row by row, never loaded as a whole."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from listings.importing.limits import MAX_CELL, MAX_COLUMNS
from listings.importing.row import (
    BYTES_UNREADABLE,
    CELL_TOO_LONG,
    EXTRA_CELLS,
    LINE_BROKEN,
    Row,
    RowProblem,
)

DELIMITERS: Final = (",", "\t", ";", "|", "，", "；")
_PROSE: Final = ("，", "；")
"""They part a table only where they part every line alike."""

csv.field_size_limit(MAX_CELL + 1)


@dataclass(frozen=True)
class Cells:
    """One record of a table before it has a header; `broken` says the line could not be split."""

    number: int
    values: list[str]
    broken: bool = False


def guess_delimiter(sample: str) -> str:
    """The delimiter that splits the sample's records into the same number of cells most often."""
    best, found = 0.0, ","
    for delimiter in DELIMITERS:
        widths = Counter[int]()
        with suppress(csv.Error):
            for count, cells in enumerate(csv.reader(io.StringIO(sample), delimiter=delimiter)):
                if cells:
                    widths[len(cells)] += 1
                if count > 200:
                    break
        if not widths:
            continue
        width, times = widths.most_common(1)[0]
        share = times / widths.total()
        if width < 2 or (delimiter in _PROSE and share < 0.95):
            continue
        score = share + min(width, 20) / 100
        if score > best + 1e-9:
            best, found = score, delimiter
    return found


def read_cells(path: Path, encoding: str, delimiter: str) -> Iterator[Cells]:
    """Every record with the line it begins on, blank ones left out. Bad bytes become U+FFFD."""
    with path.open(encoding=encoding, errors="replace", newline="") as text:
        reader = csv.reader(text, delimiter=delimiter)
        while True:
            line = reader.line_num + 1
            try:
                values = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield Cells(line, [], broken=True)
                continue
            if any(value.strip() for value in values):
                yield Cells(line, values)


def with_header(cells: Iterator[Cells], header: list[str], encoding: str) -> Iterator[Row]:
    """Rows by column name; cells beyond the header, and cells too long, are problems of the row."""
    for record in cells:
        if record.broken:
            yield Row(record.number, {}, (RowProblem("", "", "line_broken", LINE_BROKEN),))
            continue
        values = [clean_cell(value) for value in record.values]
        fields = dict(zip(header, values, strict=False))
        yield Row(record.number, fields, tuple(_problems(header, values, encoding)))


def clean_cell(value: str) -> str:
    """Without control characters and outer blanks; line breaks inside stay."""
    kept = "".join(char for char in value if char >= " " or char in "\n\t")
    return kept.strip()


def _problems(header: list[str], values: list[str], encoding: str) -> Iterator[RowProblem]:
    extra = [value for value in values[len(header) :] if value]
    if extra:
        yield RowProblem(
            "", " | ".join(extra)[:200], "extra_cells", EXTRA_CELLS, {"count": len(extra)}
        )
    for name, value in zip(header, values, strict=False):
        if len(value) > MAX_CELL:
            params = {"length": len(value), "limit": MAX_CELL}
            yield RowProblem(name, value[:200], "cell_too_long", CELL_TOO_LONG, params)
        if "\ufffd" in value:
            params_ = {"encoding": encoding}
            yield RowProblem(name, value[:200], "bytes_unreadable", BYTES_UNREADABLE, params_)


def unique_header(values: list[str]) -> list[str]:
    """Names for the columns: blank ones are numbered, repeated ones get a number behind."""
    seen = Counter[str]()
    header = []
    for index, value in enumerate(values[:MAX_COLUMNS], 1):
        name = " ".join(clean_cell(value).split()) or f"column {index}"
        seen[name] += 1
        header.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return header
