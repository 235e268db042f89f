"""Timers: streams whose time has come are settled; what is not due writes nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import structlog
from sqlalchemy import select, update

from core.executor import Executor
from core.models import Timer

BATCH: Final = 50
WAIT_AFTER_FAILURE: Final = timedelta(seconds=10)
log = structlog.get_logger()


class Sweep:
    """No lease: settling locks the stream, and a second worker finds nothing due."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def __call__(self) -> int:
        """Settles up to fifty streams; how many were due."""
        database = self._executor.database
        with database.read() as session:
            late = Timer.not_before <= database.now(session)
            query = select(Timer.stream).where(late).order_by(Timer.not_before).limit(BATCH)
            due = list(dict.fromkeys(session.scalars(query)))
        for stream in due:
            try:
                self._executor.settle(stream)
            except Exception as error:  # noqa: BLE001  one stuck stream must not stop the others
                self._back_off(stream, error)
        return len(due)

    def _back_off(self, stream: str, error: Exception) -> None:
        log.warning("timer postponed", stream=stream, error=repr(error)[:200])
        self._executor.stats[f"timer {type(error).__name__}"] += 1
        database = self._executor.database
        with database.write(background=True) as session:
            later = database.now(session) + WAIT_AFTER_FAILURE
            mine = update(Timer).where(Timer.stream == stream)
            session.connection().execute(mine.values(not_before=later, attempts=Timer.attempts + 1))
            session.commit()
