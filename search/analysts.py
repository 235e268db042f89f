"""Analysing in a process of its own, so that a long rebuild uses a second core.

The child reads batches from its standard input and writes what to index to its standard output;
it ends when its input does, so it never outlives whoever started it.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import IO, Any

from search.port import Entry
from search.tantivy_schema import Values, tombstone, values

BATCH = 200
WORTH_IT = 2_000
"""Fewer entries are analysed sooner than a process is started."""
AHEAD = 2
"""Batches the child is given before its first answer is awaited."""


def analysed(entries: Iterable[Entry], round_: int) -> Iterator[Values]:
    """What to index of each entry, in some order. Half of a long run is done by a child."""
    waiting = iter(entries)
    first = list(islice(waiting, WORTH_IT))
    if len(first) < WORTH_IT or (os.cpu_count() or 1) < 2:
        yield from (indexed(entry, round_) for entry in chain(first, waiting))
        return
    yield from (indexed(entry, round_) for entry in first)
    yield from _shared(waiting, round_)


def indexed(entry: Entry, round_: int) -> Values:
    """The entry's fields, analysed."""
    if entry.document is None:
        return tombstone(entry.kind, entry.id, entry.version, round_)
    return values(entry.document, entry.version, round_)


def _shared(entries: Iterator[Entry], round_: int) -> Iterator[Values]:
    """A batch for the child, one for us, and so on: neither waits for the other for long."""
    with _Child(round_) as child:
        while batch := list(islice(entries, BATCH)):
            if child.owes < AHEAD:
                child.give(batch)
            else:
                yield from (indexed(entry, round_) for entry in batch)
                yield from child.take()
        while child.owes:
            yield from child.take()


class _Child:
    def __init__(self, round_: int) -> None:
        home = Path(__file__).resolve().parents[1]
        self._process = subprocess.Popen(  # noqa: S603  our own interpreter and our own module
            [sys.executable, "-m", "search.analysts", str(round_)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=home,
        )
        self.owes = 0

    def __enter__(self) -> _Child:
        return self

    def __exit__(self, *_error: object) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()
        self._process.wait()

    def give(self, batch: list[Entry]) -> None:
        _send(self._process.stdin, batch)
        self.owes += 1

    def take(self) -> list[Values]:
        """Raises EOFError if the child died: the rebuild fails and the old index stays."""
        found: list[Values] = pickle.load(self._process.stdout)  # type: ignore[arg-type]  # noqa: S301
        self.owes -= 1
        return found


def _send(pipe: IO[bytes] | None, what: Any) -> None:
    if pipe is not None:
        pickle.dump(what, pipe, protocol=5)
        pipe.flush()


def serve(take: IO[bytes], give: IO[bytes], round_: int) -> None:
    """The child's life. It reads in a thread of its own, or each could wait for the other."""
    given: SimpleQueue[list[Entry] | None] = SimpleQueue()
    Thread(target=_listen, args=(take, given), daemon=True).start()
    while (batch := given.get()) is not None:
        _send(give, [indexed(entry, round_) for entry in batch])


def _listen(take: IO[bytes], given: SimpleQueue[list[Entry] | None]) -> None:
    with suppress(EOFError, OSError):
        while True:
            given.put(pickle.load(take))  # noqa: S301  our parent wrote it
    given.put(None)


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer, int(sys.argv[1]))
