"""The port every search engine stands behind; `tests/search/contract.py` holds them to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from search.documents import Document
from search.errors import IndexBusy, SearchUnavailable
from search.queries import Hit, SearchPage, SearchRequest, Suggestion


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in a version, or, where `document` is None, the tombstone of one."""

    kind: str
    id: str
    version: int
    document: Document | None


@dataclass(frozen=True, slots=True)
class Held:
    """What the engine has: `hash` is documents.fingerprint, "" for a tombstone."""

    kind: str
    id: str
    version: int
    hash: str


@dataclass(frozen=True, slots=True)
class Health:
    """`needs_rebuild` names the reason (new, schema, analysis, damaged) or is empty."""

    documents: int
    needs_rebuild: str = ""


__all__ = [
    "Entry",
    "Health",
    "Held",
    "IndexBusy",
    "Progress",
    "SearchEngine",
    "SearchUnavailable",
]

Progress = Callable[[int], None]
"""Told, now and then, how many entries were written so far."""


class SearchEngine(Protocol):
    """Versions come from outside (`index_state.wanted`): an older one never replaces a newer."""

    def write(self, entries: Sequence[Entry]) -> list[int]:
        """Makes the entries findable (or gone) and durable; gives the version now held of each.

        Raises IndexBusy, SearchUnavailable.
        """
        ...

    def search(self, request: SearchRequest) -> SearchPage:
        """Raises SearchUnavailable."""
        ...

    def suggest(self, text: str, limit: int = 8) -> list[Suggestion]:
        """Titles, keywords and owners that begin so, in characters, pinyin or its initials."""
        ...

    def did_you_mean(self, text: str) -> str | None:
        """The text with words that occur nowhere replaced by near ones that do, or None."""
        ...

    def similar(self, kind: str, id: str, limit: int = 6, language: str = "zh") -> list[Hit]:
        """The documents nearest to this one, without it; [] if it is not in the index."""
        ...

    def find(self, identifier: str) -> list[Hit]:
        """Documents carrying this number, written in any usual form."""
        ...

    def rebuild(self, entries: Iterable[Entry], progress: Progress | None = None) -> int:
        """Builds a new index beside the one in use, then swaps; gives the number of entries.

        Each (kind, id) comes once. What is written meanwhile survives the swap. If this fails
        or is killed, the old index stays.
        """
        ...

    def listing(self) -> Iterator[Held]:
        """Everything held, tombstones too, ordered by nothing."""
        ...

    def count(self) -> int:
        """Documents that can be found (no tombstones)."""
        ...

    def health(self) -> Health: ...

    def close(self) -> None:
        """Releases files and locks; the engine is not used after it."""
        ...
