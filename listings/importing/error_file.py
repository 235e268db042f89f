"""The error file: one line per problem, as a CSV that a Chinese spreadsheet program opens right."""

from __future__ import annotations

import csv
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from core.i18n import N_, Translator
from listings.importing.row import RowProblem

_FORMULA: Final = tuple("=+-@\t\r＝＋－＠")
_HEADER: Final = (N_("Row"), N_("Column"), N_("Value"), N_("Outcome"), N_("Code"), N_("Problem"))
REFUSED = N_("refused")
NOTED = N_("imported, with a note")
SKIPPED = N_("left out")


def guarded(text: str) -> str:
    """Text that no spreadsheet program takes for a formula."""
    starts = text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA)
    return f"'{text}" if starts else text


class ErrorFile:
    """Written as the check goes along; sentences in the language of who imports."""

    def __init__(self, path: Path, texts: Translator) -> None:
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file)
        self._texts = texts
        self.lines = 0
        self._writer.writerow([texts.gettext(name) for name in _HEADER])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.close()

    def write(self, row: int, problem: RowProblem, outcome: str = "") -> None:
        outcome = outcome or (REFUSED if problem.fatal else NOTED)
        said = self._texts.gettext(problem.text, **problem.params)
        cells = (problem.field, problem.value, self._texts.gettext(outcome), problem.code, said)
        self._writer.writerow([row, *(guarded(cell) for cell in cells)])
        self.lines += 1

    def close(self) -> None:
        self._file.close()
