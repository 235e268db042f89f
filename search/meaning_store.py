"""Vectors of documents, in a file beside the index: lost, they are made again."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from search.embedder import Vector

Reference = tuple[str, str]
"""Kind and id."""
_TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS vector (model TEXT, kind TEXT, id TEXT, version INTEGER NOT NULL,"
    " value BLOB NOT NULL, PRIMARY KEY (model, kind, id)) WITHOUT ROWID"
)

_VALUES: Final = (
    "SELECT id, value FROM vector WHERE model = ? AND kind = ?"
    " AND id IN (SELECT value FROM json_each(?))"
)
_VERSIONS: Final = (
    "SELECT id, version FROM vector WHERE model = ? AND kind = ?"
    " AND id IN (SELECT value FROM json_each(?))"
)


class Vectors:
    """Of one model; those of another that the market had before are dropped when it begins."""

    def __init__(self, path: Path, model: str) -> None:
        self._path, self._model = path, model
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(self._opened()) as file, file:
            file.execute("PRAGMA journal_mode=WAL")
            file.execute(_TABLE)
            file.execute("DELETE FROM vector WHERE model <> ?", (model,))

    def keep(self, found: Iterable[tuple[Reference, int, Vector | None]]) -> None:
        """Each document's version and vector; None for one that is not to be found."""
        rows = [
            (self._model, kind, id_, version, b"" if vector is None else vector.tobytes())
            for (kind, id_), version, vector in found
        ]
        with closing(self._opened()) as file, file:
            file.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?, ?, ?, ?)", rows)

    def of(self, references: Sequence[Reference]) -> dict[Reference, Vector]:
        """Those that there are."""
        return {ref: array("f", value) for ref, value in self._read(_VALUES, references) if value}

    def versions(self, references: Sequence[Reference]) -> dict[Reference, int]:
        """Of which version each document's vector is."""
        return dict(self._read(_VERSIONS, references))

    def _read(self, asked: str, references: Sequence[Reference]) -> Iterator[tuple[Reference, Any]]:
        with closing(self._opened()) as file:
            for kind in {kind for kind, _ in references}:
                ids = json.dumps([id_ for other, id_ in references if other == kind])
                for id_, found in file.execute(asked, (self._model, kind, ids)):
                    yield (kind, id_), found

    def _opened(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=5.0)
