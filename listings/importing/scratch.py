"""What a check has seen so far, kept on disk: memory stays the same for a file of any size."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from listings.importing.alike import ALIKE, bands, likeness
from listings.importing.numbers import number_key
from listings.importing.record import ImportedRecord

_AT_MOST: Final = 20
"""Titles compared per key: beyond, a key says nothing (`Method and system for …`)."""


@dataclass(frozen=True)
class Match:
    """Something that a record looks like: a row of the same file, or a listing."""

    because: str
    title: str
    score: int
    row: int | None = None
    listing: str | None = None
    number: str | None = None


class Scratch:
    """Numbers, content keys and titles of the rows before, in a throw-away SQLite file."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-8000;"
            "CREATE TABLE content(key TEXT PRIMARY KEY, row INTEGER) WITHOUT ROWID;"
            "CREATE TABLE number(key TEXT PRIMARY KEY, row INTEGER, title TEXT) WITHOUT ROWID;"
            "CREATE TABLE title(band INTEGER, row INTEGER, title TEXT, numbers TEXT, own TEXT);"
            "CREATE INDEX title_band ON title(band, row);"
            "BEGIN"
        )

    def close(self) -> None:
        self._db.close()

    def same_content(self, record: ImportedRecord, row: int) -> int | None:
        """The earlier row that says exactly the same; remembers this one."""
        key = record.content_key()
        found = self._db.execute("SELECT row FROM content WHERE key = ?", (key,)).fetchone()
        if found is None:
            self._db.execute("INSERT INTO content VALUES (?, ?)", (key, row))
        return found[0] if found else None

    def match(self, record: ImportedRecord) -> Match | None:
        """The earlier row that this one looks like, by number before title."""
        for number in record.patent_numbers:
            query = "SELECT row, title FROM number WHERE key = ?"
            if found := self._db.execute(query, (number_key(number),)).fetchone():
                return Match("number", found[1], 100, row=found[0], number=number)
        return self._alike(record)

    def _alike(self, record: ImportedRecord) -> Match | None:
        best: Match | None = None
        query = "SELECT row, title, numbers, own FROM title WHERE band = ? ORDER BY row LIMIT ?"
        for band in bands(record.title):
            for row, title, numbers, own in self._db.execute(query, (band, _AT_MOST)):
                if distinct(record, numbers.split(), own):
                    continue
                score = likeness(record.title, title)
                if score >= ALIKE and (best is None or score > best.score):
                    best = Match("title", title, score, row=row)
            if best is not None:
                return best
        return best

    def remember(self, record: ImportedRecord, row: int) -> None:
        """What later rows are compared with."""
        for number in record.patent_numbers:
            values = (number_key(number), row, record.title)
            self._db.execute("INSERT OR IGNORE INTO number VALUES (?, ?, ?)", values)
        numbers, own = " ".join(record.patent_numbers), record.external_id or ""
        rows = [(band, row, record.title, numbers, own) for band in set(bands(record.title))]
        self._db.executemany("INSERT INTO title VALUES (?, ?, ?, ?, ?)", rows)


def distinct(record: ImportedRecord, numbers: list[str], own: str = "") -> bool:
    """Do numbers prove that two records of one title are different things?

    Divisional and continued applications share a title; so may two entries to which their owner
    gave different numbers of its own.
    """
    if record.patent_numbers and numbers:
        return True  # an equal number was found before, so these differ
    return bool(own and record.external_id and own != record.external_id)
