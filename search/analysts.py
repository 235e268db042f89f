"""Child processes that analyse entries while this one reads them and feeds the index."""

from __future__ import annotations

import fcntl
import os
import selectors
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Final, Generic, TypeVar

from search.analyst import CHUNK, packed
from search.errors import AnalystStopped
from search.port import Entry

_ROOT: Final = Path(__file__).resolve().parent.parent
_AHEAD: Final = 8 * CHUNK
"""Entries that a child may owe before the reader waits: enough that none runs dry."""
_READ: Final = 1 << 20
_READABLE, _WRITABLE = selectors.EVENT_READ, selectors.EVENT_WRITE

T = TypeVar("T")
FEW: Final = 2_000
"""Fewer entries than these are analysed sooner than processes are started for them."""


class Analysts(Generic[T]):
    """Entries go in one by one; what is made of them comes out in any order, through `taker`.

    `mode` are the arguments of `search.analyst`; `made` makes of a line that a child answered, and
    of the entry as it was sent (`analyst.packed`), what the taker gets.

    One thread does all: it never waits for a child that waits for it, since it reads and writes
    only where that is possible at once. Leaving the `with` block takes every line still owed. A
    child that ends early, killed or out of memory, raises AnalystStopped: a rebuild succeeds
    whole or not at all.
    """

    def __init__(
        self,
        taker: Callable[[T], object],
        mode: Sequence[str],
        made: Callable[[bytes, bytes], T],
    ) -> None:
        self._taker, self._made = taker, made
        self._selector = selectors.DefaultSelector()
        self._children = [_Child(mode) for _ in range(os.cpu_count() or 1)]
        for child in self._children:
            self._selector.register(child.answers, _READABLE, child)
        self._chunk: list[bytes] = []

    def add(self, entry: Entry) -> None:
        """Hands over one entry; may take lines that are ready."""
        self._chunk.append(packed(entry))
        if len(self._chunk) == CHUNK:
            self._send()

    def _send(self) -> None:
        least = self._least()
        while least.owed >= _AHEAD:
            self._exchange(wait=True)
            least = self._least()
        if not least.waiting:
            self._selector.register(least.questions, _WRITABLE, least)
        least.ask(self._chunk)
        self._chunk = []
        self._exchange(wait=False)

    def _least(self) -> _Child:
        return min(self._children, key=lambda child: child.owed)

    def _exchange(self, *, wait: bool) -> None:
        """Writes and reads what can be, once each."""
        for key, _ in self._selector.select(None if wait else 0):
            child: _Child = key.data
            if key.fileobj is child.answers:
                for line, asked in child.read():
                    self._taker(self._made(line, asked))
                if child.ended:
                    self._selector.unregister(child.answers)
            elif child.write():
                self._selector.unregister(child.questions)

    def __enter__(self) -> Analysts[T]:
        return self

    def __exit__(self, kind: object, *_more: object) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            self._selector.close()
            for child in self._children:
                child.end()

    def _finish(self) -> None:
        if self._chunk:
            self._send()
        while any(child.waiting for child in self._children):
            self._exchange(wait=True)
        for child in self._children:
            child.questions.close()
        while any(child.owed for child in self._children):
            self._exchange(wait=True)


class _Child:
    """One process, what is still to be said to it, and what it owes an answer to."""

    def __init__(self, mode: Sequence[str]) -> None:
        self.ended = False
        self.waiting: deque[memoryview] = deque()
        self._asked: deque[bytes] = deque()
        self._process = subprocess.Popen(  # noqa: S603  our own interpreter and module; no shell
            [sys.executable, "-m", "search.analyst", *mode],
            cwd=_ROOT,
            env={"PYTHONPATH": str(_ROOT), "PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
        )
        self.questions, self.answers = _pipe(self._process.stdin), _pipe(self._process.stdout)
        self._begun = b""

    @property
    def owed(self) -> int:
        return len(self._asked)

    def ask(self, chunk: list[bytes]) -> None:
        self.waiting.append(memoryview(b"".join(chunk)))
        self._asked.extend(chunk)

    def write(self) -> bool:
        """Whether nothing is left to be said."""
        try:
            said = os.write(self.questions.fileno(), self.waiting[0])
        except BlockingIOError:
            return False
        except OSError as error:
            raise AnalystStopped from error
        self.waiting[0] = self.waiting[0][said:]
        if not self.waiting[0]:
            self.waiting.popleft()
        return not self.waiting

    def read(self) -> list[tuple[bytes, bytes]]:
        """The lines that have come whole, each with its entry as sent: answers keep order."""
        heard = os.read(self.answers.fileno(), _READ)
        self.ended = not heard
        if self.ended and self.owed:
            raise AnalystStopped
        *lines, self._begun = (self._begun + heard).split(b"\n")
        return [(line, self._asked.popleft()) for line in lines]

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        self.answers.close()
        with suppress(OSError):
            self.questions.close()


def _pipe(pipe: Any) -> IO[bytes]:
    """An end of a pipe that never makes us wait."""
    found: IO[bytes] = pipe
    os.set_blocking(found.fileno(), False)
    with suppress(AttributeError, OSError):  # wide pipes are Linux's; narrow ones only cost time
        fcntl.fcntl(found.fileno(), fcntl.F_SETPIPE_SZ, _READ)
    return found
