"""Folders of an embedded index: one is current, a new one is built beside it and swapped in.

`current` names the folder in use and is replaced atomically, so that a process that dies at any
moment leaves the old index or the new one, never half of either.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import tantivy

from search import tantivy_schema
from search.errors import IndexBusy

_POINTER = "current"
_MANIFEST = "manifest.json"


class Damaged(Exception):  # noqa: N818
    """The folder is no index that this code can use; the argument is a reason of port.Health."""


Remembered = dict[str, Any]
"""What was counted in one view of an index; a newer view begins with an empty one."""


class Generation:
    """One folder opened: its index, and the reader's view of it."""

    def __init__(self, folder: Path) -> None:
        """Raises Damaged."""
        self.folder = folder
        self._check()
        try:
            self.index = tantivy.Index(tantivy_schema.schema(), str(folder))
            self.index.config_reader("manual", 0)
        except (ValueError, OSError) as error:
            raise Damaged("damaged") from error
        self._seen = self._stamp()
        self.remembered: Remembered = {}

    def fresh(self) -> Generation:
        """Sees what any process has committed since."""
        stamp = self._stamp()
        if stamp != self._seen:
            self.index.reload()
            self._seen = stamp
            self.remembered = {}
        return self

    def complete(self) -> bool:
        """Whether it came from a rebuild: a folder made empty holds only what was written since."""
        return bool(json.loads((self.folder / _MANIFEST).read_text())["complete"])

    def _check(self) -> None:
        try:
            manifest = json.loads((self.folder / _MANIFEST).read_text())
        except (OSError, ValueError) as error:
            raise Damaged("damaged") from error
        for name, value in tantivy_schema.fingerprint().items():
            if manifest.get(name) != value:
                raise Damaged(name)

    def _stamp(self) -> tuple[int, int]:
        status = (self.folder / "meta.json").stat()
        return status.st_mtime_ns, status.st_ino


def create(root: Path) -> Path:
    """A new folder with an empty index, current for nobody yet."""
    folder = root / f"gen-{time.time_ns()}-{os.getpid()}"
    folder.mkdir(parents=True)
    tantivy.Index(tantivy_schema.schema(), str(folder))
    describe(folder, complete=False)
    return folder


def describe(folder: Path, *, complete: bool) -> None:
    manifest = tantivy_schema.fingerprint() | {"complete": complete}
    _replace(folder / _MANIFEST, json.dumps(manifest))


def point(root: Path, folder: Path) -> None:
    """Makes the folder current, for every process, at once and for good."""
    _replace(root / _POINTER, folder.name)


def pointed(root: Path) -> Path | None:
    try:
        name = (root / _POINTER).read_text().strip()
    except FileNotFoundError:
        return None
    return root / name


def sweep(root: Path, *keep: Path) -> None:
    """Removes folders nobody needs; a reader that still has one mapped keeps reading it."""
    for folder in root.glob("gen-*"):
        if folder not in keep:
            shutil.rmtree(folder, ignore_errors=True)


class FileLock:
    """An advisory lock that the system lets go of when the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle = -1

    @property
    def held(self) -> bool:
        return self._handle >= 0

    def acquire(self, patience: float) -> None:
        """Waits `patience` seconds at most; raises IndexBusy."""
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        until = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= until:
                    os.close(handle)
                    raise IndexBusy(self._path.name) from None
                time.sleep(0.01)
            else:
                self._handle = handle
                return

    def release(self) -> None:
        if self.held:
            os.close(self._handle)
            self._handle = -1

    @contextmanager
    def __call__(self, patience: float) -> Iterator[None]:
        self.acquire(patience)
        try:
            yield
        finally:
            self.release()


def _replace(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    with suppress(OSError):
        handle = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
