"""Facts go right: what happened, as a nudge. A reaction re-reads the truth, any number of times."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from core.unit_of_work import UnitOfWork

LANE_DEALS: Final = 0
LANE_PAGES: Final = 1
LANE_IMPORT: Final = 9
"""Lanes keep an import of 100,000 rows from delaying a deal."""


@dataclass(frozen=True)
class Fact:
    """`topic` is `area.happened`; `ref` names the stream it happened to."""

    topic: str
    ref: str


@dataclass(frozen=True)
class Reaction:
    """One consumer of facts. Called after commit with a batch, in a unit of work of its own."""

    consumer: str
    topics: frozenset[str]
    react: Callable[[UnitOfWork, Sequence[Fact]], None]
