"""The life of an import: described, checked, run; cancelled or failed on the way."""

from __future__ import annotations

from enum import StrEnum


class ImportState(StrEnum):
    DESCRIBED = "described"
    CHECKING = "checking"
    CHECKED = "checked"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


OPEN = frozenset({ImportState.DESCRIBED, ImportState.CHECKED, ImportState.FAILED})
"""States in which mapping and choices may still change, and a check may start."""


class Decision(StrEnum):
    """What becomes of a row that looks like something already there."""

    SKIP = "skip"
    IMPORT = "import"
