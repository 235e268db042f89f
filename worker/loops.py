"""The worker's loops: each task in a thread of its own, woken by a poke or by the clock."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Final

import structlog

log = structlog.get_logger()
IDLE: Final = 0.5
"""Seconds between two looks when nothing wakes a loop."""


class Worker:
    """Runs tasks for ever; a task answers how much it did, and is run again at once if anything.

    A loop survives every exception: a loop that ends is work that silently stops.
    """

    def __init__(self, tasks: Mapping[str, Callable[[], int]], idle: float = IDLE) -> None:
        self.tasks, self._idle = dict(tasks), idle
        self._stop = threading.Event()
        self._wakes = {name: threading.Event() for name in self.tasks}
        self._threads: list[threading.Thread] = []
        self.stats: Counter[str] = Counter()

    def wake(self) -> None:
        """The hook after commit: carries nothing, may be lost."""
        for event in self._wakes.values():
            event.set()

    def start(self) -> None:
        """Starts one daemon thread per task."""
        for name in self.tasks:
            thread = threading.Thread(target=self._loop, args=(name,), name=name, daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self, patience: float = 5.0) -> None:
        """Asks every loop to end and waits, at most `patience` seconds for each."""
        self._stop.set()
        self.wake()
        for thread in self._threads:
            thread.join(patience)

    def run_until_idle(self, rounds: int = 10_000) -> None:
        """Does everything there is to do now, in this thread: for tests, the CLI and the sample."""
        for _ in range(rounds):
            if not sum(task() for task in self.tasks.values()):
                return
        raise RuntimeError("the worker never came to rest")

    def _loop(self, name: str) -> None:
        task, wake = self.tasks[name], self._wakes[name]
        while not self._stop.is_set():
            try:
                busy = task()
            except Exception as error:
                self.stats[f"{name} {type(error).__name__}"] += 1
                log.exception("loop", task=name)
                busy = 0
            if not busy:
                wake.wait(self._idle)
                wake.clear()
