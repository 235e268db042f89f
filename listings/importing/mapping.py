"""Which column is which field, and what the file leaves unsaid: office, currency, language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from rapidfuzz import fuzz, process

from listings.importing.errors import MappingIncomplete
from listings.importing.targets import FIELDS, SYNONYMS, normal

_ALIKE: Final = 90
_US_SERIAL: Final = re.compile(r"\d\d\s*/\s*\d{3},?\d{2,3}")
_CN_NUMBER: Final = re.compile(r"(?:ZL|CN)?\s*(?:19|20)\d{2}[12389]\d{7}\.?[\dX]", re.IGNORECASE)


@dataclass(frozen=True)
class ColumnMapping:
    """`columns`: column name to field code; columns not named are ignored.

    `office` is the patent office of numbers that name none (``CN``, ``US``), `currency` of prices
    that name none, `language` of texts where it cannot be told.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    office: str | None = None
    currency: str = "CNY"
    language: str | None = None

    def of(self, name: str) -> list[str]:
        """The columns assigned to a field, in the file's order."""
        return [column for column, target in self.columns.items() if target == name]

    def check(self) -> None:
        """Raises MappingIncomplete where no title can come of it."""
        if not self.of("title") and not self.of("full_text"):
            raise MappingIncomplete

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"columns": dict(self.columns)}


def mapping_from_json(body: Mapping[str, Any]) -> ColumnMapping:
    """What `to_json` gave; fields that no longer exist are ignored."""
    columns = {str(c): str(f) for c, f in body.get("columns", {}).items() if f in FIELDS}
    return ColumnMapping(
        columns, body.get("office"), body.get("currency", "CNY"), body.get("language")
    )


def suggest(
    header: Sequence[str],
    sample: Iterable[Mapping[str, str]],
    remembered: Mapping[str, str] | None = None,
) -> ColumnMapping:
    """The likely mapping: what the organisation chose before, known names, then alike names.

    `remembered` maps normalised column names to field codes ("" for ignored). A field is assigned
    to one column only, the one that fits best.
    """
    rows = list(sample)
    found: dict[str, tuple[float, str]] = {}
    for column in header:
        target, score = _best(column, remembered or {})
        if target and score > found.get(target, (0.0, ""))[0]:
            found[target] = (score, column)
    chosen = {column: target for target, (_, column) in found.items()}
    columns = {column: chosen[column] for column in header if column in chosen}
    return ColumnMapping(columns, suggest_office(columns, rows))


def _best(column: str, remembered: Mapping[str, str]) -> tuple[str, float]:
    name = normal(column)
    if name in remembered:
        return remembered[name], 200.0
    if name in SYNONYMS:
        return SYNONYMS[name], 100.0
    if len(name) < 3:
        return "", 0.0
    alike = process.extractOne(name, SYNONYMS.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return (SYNONYMS[alike[0]], float(alike[1]) - 1) if alike else ("", 0.0)


def suggest_office(columns: Mapping[str, str], rows: Sequence[Mapping[str, str]]) -> str | None:
    """The office whose numbers these look like, or None."""
    wanted = ("patent_number", "application_number", "grant_number", "publication_number")
    names = [column for column, target in columns.items() if target in wanted]
    values = [row.get(name, "") for row in rows for name in names]
    american = sum(1 for value in values if _US_SERIAL.search(value))
    chinese = sum(1 for value in values if _CN_NUMBER.search(value))
    if not american and not chinese:
        return None
    return "US" if american > chinese else "CN"
