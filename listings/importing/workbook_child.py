"""Runs in the child process: one workbook in, JSON lines out. Never imported by the server."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import python_calamine

from listings.importing.child import REFUSED
from listings.importing.delimited import clean_cell
from listings.importing.errors import ArchiveBroken, FileEmpty
from listings.importing.limits import MAX_COLUMNS

_MIDNIGHT: Final = time(0)


def text_of(cell: Any) -> str:
    """A cell as people see it: whole numbers without a point, dates in ISO form."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == _MIDNIGHT else cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return clean_cell(str(cell))


def convert(source: str, target: str) -> None:
    """Writes the first sheet with rows. Raises FileEmpty when there is none."""
    workbook = python_calamine.CalamineWorkbook.from_path(source)
    for name in workbook.sheet_names:
        sheet = workbook.get_sheet_by_name(name)
        if not sheet.height or sheet.width > MAX_COLUMNS * 4:
            continue
        first = (sheet.start or (0, 0))[0] + 1
        with open(target, "w", encoding="utf-8") as out:
            for number, cells in enumerate(sheet.iter_rows(), first):
                line = [number, *(text_of(cell) for cell in cells[:MAX_COLUMNS])]
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
        return
    raise FileEmpty


if __name__ == "__main__":
    try:
        convert(sys.argv[1], sys.argv[2])
    except FileEmpty as refusal:
        sys.stdout.write(refusal.code)
        sys.exit(REFUSED)
    except (python_calamine.CalamineError, ValueError):
        sys.stdout.write(ArchiveBroken.code)
        sys.exit(REFUSED)
