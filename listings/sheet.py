"""The queue as a spreadsheet, and what a returned one would change: reviewed row by row."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import xlsxwriter

COLUMNS: Final = (
    "id", "version", "title", "value_line", "trl", "registration", "handler", "status", "due",
)  # fmt: skip
EDITABLE: Final = ("title", "value_line", "trl", "registration")
_STARTS_FORMULA: Final = tuple("=+-@\t\r＝＋－＠")
_MOST_ROWS: Final = 5000


@dataclass(frozen=True)
class SheetRow:
    """One listing as the sheet shows it; `version` tells whether it changed meanwhile."""

    id: str
    version: int
    title: str
    value_line: str
    trl: int | None
    registration: str | None
    handler: str
    status: str
    due: str


@dataclass(frozen=True)
class Difference:
    """One cell that the sheet would change. `problem` is a code where it cannot be applied."""

    id: str
    version: int
    field: str
    before: str
    after: str
    problem: str = ""


def write_sheet(rows: Iterable[SheetRow], heads: Mapping[str, str], name: str) -> bytes:
    """An XLSX file; texts are written as texts, so that no cell is ever a formula."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet(name[:31])
    bold, locked = book.add_format({"bold": True}), book.add_format({"font_color": "#777777"})
    for column, code in enumerate(COLUMNS):
        sheet.write_string(0, column, heads.get(code, code), bold)
        sheet.write_string(1, column, code, locked)
    for line, row in enumerate(rows, start=2):
        for column, code in enumerate(COLUMNS):
            value = getattr(row, code)
            text = "" if value is None else str(value)
            sheet.write_string(line, column, guard(text), None if code in EDITABLE else locked)
    sheet.freeze_panes(2, 3)
    sheet.set_column(0, 1, 4)
    sheet.set_column(2, 3, 50)
    book.close()
    return out.getvalue()


def guard(text: str) -> str:
    """A text that other programs might run as a formula gets an apostrophe in front."""
    return f"'{text}" if text.startswith(_STARTS_FORMULA) else text


def unguard(text: str) -> str:
    """The text that `guard` was given."""
    return text[1:] if text[:1] == "'" and text[1:].startswith(_STARTS_FORMULA) else text


def read_changes(
    table: Sequence[Sequence[object]], present: Mapping[str, SheetRow]
) -> list[Difference]:
    """What a returned sheet would change, by listing and field; nothing is changed here.

    `present` are the rows as they are now. Raises ValueError("head") where the row of codes is
    missing, ValueError("rows") beyond 5,000 rows.
    """
    head = next((n for n, row in enumerate(table[:5]) if "id" in row and "version" in row), None)
    if head is None:
        raise ValueError("head")
    if len(table) - head > _MOST_ROWS:
        raise ValueError("rows")
    place = {str(code): n for n, code in enumerate(table[head]) if str(code) in COLUMNS}
    found: list[Difference] = []
    for cells in table[head + 1 :]:
        found.extend(_row_changes(cells, place, present))
    return found


def _row_changes(
    cells: Sequence[object], place: Mapping[str, int], present: Mapping[str, SheetRow]
) -> Iterable[Difference]:
    id = _cell(cells, place, "id")
    if not id:
        return
    row = present.get(id)
    if row is None:
        yield Difference(id, 0, "id", "", id, "unknown")
        return
    stale = _cell(cells, place, "version") != str(row.version)
    for field in EDITABLE:
        before = str(getattr(row, field) or "")
        after = _cell(cells, place, field)
        if field in place and after != before:
            yield Difference(
                id, row.version, field, before, after, _problem(field, after, stale=stale)
            )


def _problem(field: str, after: str, *, stale: bool) -> str:
    if stale:
        return "stale"
    if field == "trl" and after not in {*map(str, range(1, 10)), ""}:
        return "trl"
    if field == "title" and not after:
        return "empty"
    return ""


def _cell(cells: Sequence[object], place: Mapping[str, int], code: str) -> str:
    column = place.get(code)
    if column is None or column >= len(cells):
        return ""
    value = cells[column]
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a spreadsheet keeps every number as a float
    return unguard(str(value if value is not None else "").strip())
