"""The dry run: every row read, converted and compared, in slices, with memory that stays flat.

It writes the records that may be imported, one JSON line each, and the error file; nothing else.
"""

from __future__ import annotations

import itertools
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from core.i18n import N_, translator
from listings.importing.convert import convert_row
from listings.importing.description import Description
from listings.importing.error_file import SKIPPED, ErrorFile
from listings.importing.mapping import ColumnMapping
from listings.importing.opening import open_rows
from listings.importing.record import ImportedRecord, to_json
from listings.importing.row import Row, RowProblem
from listings.importing.scratch import Match, Scratch

_BATCH: Final = 50
EXAMPLES: Final = 200
REVIEWS: Final = 500
"""Likely duplicates shown for decision; more of them are left out, and stand in the error file."""

SAME_RECORD = N_("The same record was imported before; nothing changes.")
SAME_RECORD_ROW = N_("Row %(row)s says exactly the same; it is imported once.")
SAME_NUMBER = N_("The patent %(number)s is already here: “%(title)s”.")
SAME_TITLE = N_("The title is nearly that of “%(title)s”, which is already here.")
SAME_NUMBER_ROW = N_("The patent %(number)s stands in row %(row)s already: “%(title)s”.")
SAME_TITLE_ROW = N_("The title is nearly that of row %(row)s: “%(title)s”.")

Lookup = Callable[[Sequence[ImportedRecord]], tuple[set[str], list[Match | None]]]
"""Given records: the content keys already registered, and what each record looks like."""


@dataclass
class Findings:
    """What the check found; complete once `Check.advance` answered True."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: list[dict[str, Any]] = field(default_factory=list)
    reviews: list[tuple[int, str, Match]] = field(default_factory=list)


class Check:
    """One dry run over one file. `advance` does a slice; `staged` and `errors` are its files."""

    def __init__(
        self,
        path: Path,
        described: Description,
        mapping: ColumnMapping,
        lookup: Lookup,
        language: str = "zh",
    ) -> None:
        """Raises MappingIncomplete and FileRefused."""
        mapping.check()
        self._mapping, self._lookup = mapping, lookup
        self._stack = ExitStack()
        folder = Path(self._stack.enter_context(TemporaryDirectory(prefix="import-check-")))
        self.staged, self.errors = folder / "records.jsonl", folder / "errors.csv"
        self.found = Findings()
        self._error_file = ErrorFile(self.errors, translator(language))
        self._stack.callback(self._error_file.close)
        self._out = self._stack.enter_context(self.staged.open("w", encoding="utf-8"))
        self._scratch = Scratch(folder / "seen.sqlite3")
        self._stack.callback(self._scratch.close)
        self._rows: Iterator[Row] = self._stack.enter_context(open_rows(path, described))

    def close(self) -> None:
        """Removes the files; what was stored elsewhere stays."""
        self._stack.close()

    def advance(self, seconds: float) -> bool:
        """Works for about so long; True when the file is through. Raises FileRefused."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            rows = list(itertools.islice(self._rows, _BATCH))
            if not rows:
                self._out.flush()
                self._error_file.close()
                return True
            self._take(rows)
        return False

    def _take(self, rows: Sequence[Row]) -> None:
        good: list[tuple[int, ImportedRecord]] = []
        for row in rows:
            self.found.counts["rows"] += 1
            record, problems = convert_row(row, self._mapping)
            for problem in problems:
                self._report(row.number, problem, "" if row.fields or problem.fatal else SKIPPED)
            if record is not None:
                good.append((row.number, record))
            elif any(problem.fatal for problem in problems):
                self.found.counts["refused"] += 1
            else:
                self.found.counts["skipped"] += 1
        self._compare(good)

    def _compare(self, good: Sequence[tuple[int, ImportedRecord]]) -> None:
        known, existing = self._lookup([record for _, record in good]) if good else (set(), [])
        for (number, record), match in zip(good, existing, strict=True):
            same = record.content_key() in known
            earlier = self._scratch.same_content(record, number)
            if same or earlier is not None:
                self._unchanged(number, record, earlier)
                continue
            match_ = match or self._scratch.match(record)
            self._scratch.remember(record, number)
            if match_ is None:
                self.found.counts["ready"] += 1
            else:
                self._duplicate(number, record, match_)
            line = {"row": number, "record": to_json(record), "alike": match_ is not None}
            self._out.write(json.dumps(line, ensure_ascii=False) + "\n")

    def _unchanged(self, number: int, record: ImportedRecord, earlier: int | None) -> None:
        self.found.counts["unchanged"] += 1
        text = SAME_RECORD if earlier is None else SAME_RECORD_ROW
        params = {} if earlier is None else {"row": earlier}
        problem = RowProblem("", record.title[:200], "unchanged", text, params, fatal=False)
        self._error_file.write(number, problem, SKIPPED)

    def _duplicate(self, number: int, record: ImportedRecord, match: Match) -> None:
        self.found.counts["duplicates"] += 1
        if len(self.found.reviews) < REVIEWS:
            self.found.reviews.append((number, record.title, match))
        by_number, in_file = match.because == "number", match.row is not None
        text = {
            (True, True): SAME_NUMBER_ROW,
            (True, False): SAME_NUMBER,
            (False, True): SAME_TITLE_ROW,
            (False, False): SAME_TITLE,
        }[by_number, in_file]
        params = {"number": match.number, "row": match.row, "title": match.title[:120]}
        code = f"duplicate_{match.because}"
        problem = RowProblem("", record.title[:200], code, text, params, fatal=False)
        self._report(number, problem, SKIPPED)

    def _report(self, row: int, problem: RowProblem, outcome: str = "") -> None:
        self._error_file.write(row, problem, outcome)
        if len(self.found.examples) < EXAMPLES:
            self.found.examples.append(
                {
                    "row": row,
                    "field": problem.field,
                    "value": problem.value,
                    "code": problem.code,
                    "text": problem.text,
                    "params": problem.params,
                    "fatal": problem.fatal,
                }
            )
