"""What the pages of the import say: steps, counts, problems, names of fields and formats."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from core.i18n import N_
from listings.importing.checking import EXAMPLES, REVIEWS
from listings.importing.description import Description
from listings.importing.encodings import LABELS
from listings.importing.mapping import ColumnMapping
from listings.importing.queries import ImportPage, Progress
from listings.importing.states import ImportState
from listings.importing.targets import FIELDS, normal

STEPS: Final = (N_("Upload"), N_("Columns"), N_("Trial run"), N_("Import"))
FORMAT_NAMES: Final = {
    "csv": N_("Table as text (CSV)"),
    "xlsx": N_("Workbook (XLSX)"),
    "json": N_("JSON, one list of records"),
    "jsonl": N_("JSON, one record a line"),
    "uspto_xml": N_("Patent documents of the USPTO (XML)"),
}
DELIMITER_NAMES: Final = {
    ",": N_("comma"),
    "\t": N_("tab"),
    ";": N_("semicolon"),
    "|": N_("vertical bar"),
    "，": N_("Chinese comma"),
    "；": N_("Chinese semicolon"),
}
STATE_SIGNS: Final = {
    ImportState.DESCRIBED: ("waits", N_("Columns to be confirmed"), "table"),
    ImportState.CHECKING: ("waits", N_("Trial run under way"), "player-play"),
    ImportState.CHECKED: ("due", N_("Checked, not yet imported"), "clipboard-check"),
    ImportState.RUNNING: ("waits", N_("Being imported"), "player-play"),
    ImportState.DONE: ("done", N_("Imported"), "circle-check"),
    ImportState.FAILED: ("stop", N_("Stopped by a problem"), "circle-x"),
    ImportState.CANCELLED: ("stop", N_("Stopped by hand"), "ban"),
}
"""State to tone, word and icon."""

BECAUSE: Final = {"number": N_("Same patent number"), "title": N_("Nearly the same title")}
_STEP_OF: Final = {
    ImportState.DESCRIBED: 2,
    ImportState.FAILED: 2,
    ImportState.CHECKING: 3,
    ImportState.CHECKED: 3,
}


@dataclass(frozen=True)
class Count:
    """One figure of the outcome, with what it means for the reader."""

    name: str
    tone: str
    icon: str
    word: str
    meaning: str


_COUNTS: Final = (
    Count("imported", "done", "circle-check", N_("New"), N_("registered by this import")),
    Count("ready", "done", "circle-check", N_("Ready"), N_("nothing stands against them")),
    Count("unchanged", "waits", "equal", N_("Unchanged"), N_("the same record is here already")),
    Count("duplicates", "due", "clock-exclamation", N_("Alike"), N_("like something already here")),
    Count("refused", "stop", "ban", N_("Refused"), N_("explained below, row by row")),
    Count("skipped", "waits", "minus", N_("Passed over"), N_("empty or no patent document")),
)


def step_of(state: str) -> int:
    """Which of the four steps a state belongs to."""
    return _STEP_OF.get(ImportState(state), 4)


def counts_of(progress: Progress) -> list[tuple[Count, int]]:
    """The figures worth showing in this state; those that tell of trouble also at zero."""
    over = progress.state in (ImportState.RUNNING, ImportState.DONE, ImportState.CANCELLED)
    hidden = "ready" if over else "imported"
    always = {"refused", "imported", "ready"} - {hidden}
    return [
        (count, progress.counts.get(count.name, 0))
        for count in _COUNTS
        if count.name != hidden and (count.name in always or progress.counts.get(count.name))
    ]


def problems(page: ImportPage, kind: str) -> Sequence[Mapping[str, Any]]:
    """The first problems of the check: all, those that refuse a row, or notes."""
    wanted = {"refused": True, "noted": False}.get(kind)
    return [one for one in page.examples if wanted is None or bool(one["fatal"]) is wanted]


def problem_kinds(page: ImportPage) -> list[tuple[str, str, int]]:
    """(value of the filter, English word, how many of those that are shown)."""
    named = (("", N_("All")), ("refused", N_("Refused")), ("noted", N_("Left out or noted")))
    return [(kind, word, len(problems(page, kind))) for kind, word in named]


def cut_off(page: ImportPage) -> tuple[bool, bool]:
    """Are there more problems, and more alike rows, than the page shows?"""
    return len(page.examples) >= EXAMPLES, page.progress.counts.get("duplicates", 0) > REVIEWS


@dataclass(frozen=True)
class Column:
    """One column of the file as the page lists it."""

    position: int
    name: str
    values: tuple[str, ...]
    field: str
    remembered: bool


def columns_of(
    described: Description, mapping: ColumnMapping, remembered: Mapping[str, str]
) -> Iterator[Column]:
    """Every column with its first three values that say something."""
    for position, name in enumerate(described.header):
        found = dict.fromkeys(row[name] for row in described.sample if row.get(name, "").strip())
        values = tuple(value[:80] for value in list(found)[:3])
        yield Column(
            position, name, values, mapping.columns.get(name, ""), normal(name) in remembered
        )


def encoding_name(described: Description) -> str:
    return LABELS.get(described.encoding, described.encoding)


def names() -> dict[str, Any]:
    """The words of codes, for the templates."""
    return {
        "formats": FORMAT_NAMES,
        "delimiters": DELIMITER_NAMES,
        "fields": FIELDS,
        "states": STATE_SIGNS,
        "because": BECAUSE,
        "steps": STEPS,
    }
