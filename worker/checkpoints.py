"""Signs the audit chain every hour, into a file outside the database."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from core import audit
from core.database import Database

EVERY: Final = 3600.0
"""Seconds between two checkpoints: so long a cut tail can stay unseen."""


class Checkpoints:
    """A worker's task: looks at most once a minute whether the last checkpoint is an hour old."""

    def __init__(
        self,
        database: Database,
        folder: Path,
        secret: bytes,
        every: float = EVERY,
        tick: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database, self._folder, self._secret = database, folder, secret
        self._every, self._tick = every, tick
        self._next_look = 0.0

    def __call__(self) -> int:
        """Signs if it is time to; always 0: there is never a second one to do at once."""
        if self._tick() < self._next_look:
            return 0
        self._next_look = self._tick() + min(60.0, self._every)
        with self._database.read() as session:
            now = self._database.now(session)
        age = audit.age_of_last(self._folder, now)
        if age is None or age.total_seconds() >= self._every:
            audit.write_checkpoint(self._database, self._folder, self._secret)
        return 0
