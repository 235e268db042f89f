"""Reads checked records from any byte on, so that a run goes on where it was stopped."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import IO

from listings.importing.record import ImportedRecord, from_json


@dataclass(frozen=True)
class Staged:
    """One checked record, the row it came from, and whether it looked like another."""

    row: int
    record: ImportedRecord
    alike: bool


def read_staged(file: IO[bytes], offset: int, rows: int) -> tuple[list[Staged], int]:
    """Up to so many records from `offset` on, and the offset after them."""
    file.seek(offset)
    found = []
    for _ in range(rows):
        line = file.readline()
        if not line:
            break
        body = json.loads(line)
        found.append(Staged(body["row"], from_json(body["record"]), body["alike"]))
        offset += len(line)
    return found, offset
