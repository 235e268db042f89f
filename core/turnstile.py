"""Who may write to SQLite next: first come, first served, among threads and among processes.

A bare flock lets whoever just released it take it again, so a busy import would starve the pages.
Two files cure that: the releaser must queue for `gate`, which the next process holds until it has
`main`. Background writers queue among themselves on `back` first, so that a page waits for one of
their batches at most.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from core.errors import Busy


class Turnstile:
    def __init__(self, path: str, patience: float = 5.0) -> None:
        """`path` is the database file; lock files lie beside it. `patience` is in seconds."""
        self._path, self._patience = path, patience
        self._mutex, self._queue, self._held = threading.Lock(), deque[threading.Lock](), False
        self._pid, self._gate, self._main, self._back = 0, -1, -1, -1
        self._background = threading.Lock()

    @contextmanager
    def __call__(self, *, background: bool = False) -> Iterator[None]:
        """Holds the right to write. Raises Busy when this process's queue does not move in time."""
        if not background:
            with self._foreground():
                yield
            return
        with self._background:
            self._open_files()
            fcntl.flock(self._back, fcntl.LOCK_EX)
            try:
                with self._foreground():
                    yield
            finally:
                fcntl.flock(self._back, fcntl.LOCK_UN)

    @contextmanager
    def _foreground(self) -> Iterator[None]:
        self._enter()
        try:
            self._open_files()
            fcntl.flock(self._gate, fcntl.LOCK_EX)
            try:
                fcntl.flock(self._main, fcntl.LOCK_EX)
            finally:
                fcntl.flock(self._gate, fcntl.LOCK_UN)
            try:
                yield
            finally:
                fcntl.flock(self._main, fcntl.LOCK_UN)
        finally:
            self._leave()

    def _open_files(self) -> None:
        with self._mutex:  # two threads opening at once would lock each other out for ever
            if (
                self._pid != os.getpid()
            ):  # a forked child shares its parent's lock unless it opens its own
                self._gate, self._main, self._back = (
                    os.open(f"{self._path}.{name}", os.O_RDWR | os.O_CREAT, 0o600)
                    for name in ("gate", "main", "back")
                )
                self._pid = os.getpid()

    def _enter(self) -> None:
        with self._mutex:
            if not self._held:
                self._held = True
                return
            mine = threading.Lock()
            mine.acquire()
            self._queue.append(mine)
        if not mine.acquire(timeout=self._patience):
            with self._mutex:
                if mine in self._queue:
                    self._queue.remove(mine)
                    raise Busy

    def _leave(self) -> None:
        with self._mutex:
            if self._queue:
                self._queue.popleft().release()
            else:
                self._held = False
