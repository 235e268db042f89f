"""Removes what may be kept no longer, once an hour, in batches that leave others their turn."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Final

from core.actor import SYSTEM
from core.executor import Executor
from core.retention import Retained, Swept, forget_batch, kept_until, waiting
from core.times import legal_date
from core.unit_of_work import UnitOfWork

EVERY: Final = 3600.0
"""Seconds between two sweeps."""
_LONGEST_REST: Final = 0.1


class SweepKept:
    """A worker's task. Where nothing is over, nothing is written."""

    def __init__(
        self,
        executor: Executor,
        retained: Sequence[Retained],
        tick: Callable[[], float] = time.monotonic,
    ) -> None:
        self._executor, self._retained, self._tick = executor, retained, tick
        self._next_look = 0.0

    def __call__(self) -> int:
        """Always 0: a sweep goes on until nothing is left of any kind."""
        if self._tick() < self._next_look:
            return 0
        self._next_look = self._tick() + EVERY
        for what in self._retained:
            while self._is_over(what) and self._batch(what).count:
                pass
        return 0

    def _is_over(self, what: Retained) -> bool:
        executor = self._executor
        with executor.database.read() as session:
            now = executor.database.now(session)
            day = legal_date(now, executor.ports.zone)
            profile = executor.law.profile(executor.ports.jurisdiction, day)
            before = kept_until(what, profile, now)
            return before is not None and waiting(session, what, before) > 0

    def _batch(self, what: Retained) -> Swept:
        """One batch, then a rest as long as it held the writers' door."""
        tries: list[UnitOfWork] = []

        def begin() -> UnitOfWork:
            tries.append(UnitOfWork(self._executor, SYSTEM, background=True))
            return tries[-1]

        swept = self._executor.attempt(begin, lambda uow: forget_batch(uow, what))
        if tries[-1].opened_at is not None:
            time.sleep(min(time.monotonic() - tries[-1].opened_at, _LONGEST_REST))
        return swept
