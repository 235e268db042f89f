"""The embedded engine: tantivy in a folder, for one machine.

Any number of threads and processes read; one process at a time writes, behind a lock of the
operating system. The index is disposable: what does not fit this code is left aside, the engine
begins empty and says so in `health`.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import RLock

import tantivy

from search import generations
from search.bridge import Bridge
from search.bridge_terms import shipped_bridge
from search.cursor import opened, sealed
from search.documents import fingerprint
from search.errors import IndexBusy, SearchUnavailable
from search.generations import Damaged, FileLock, Generation
from search.port import Entry, Health, Held, Progress
from search.queries import DEEPEST, Hit, SearchPage, SearchRequest, Suggestion
from search.tantivy_reader import Reader
from search.tantivy_writer import Writer, entry_at, last_round, since

PATIENCE = 2.0
"""Seconds to wait for another process before IndexBusy."""


class EmbeddedEngine:
    """See port.SearchEngine. Without a folder it lives in a temporary one and goes with it."""

    def __init__(self, root: Path | None = None, bridge: Bridge | None = None) -> None:
        self._temporary = None if root else tempfile.TemporaryDirectory(prefix="qiaoyi-search-")
        self._root = root or Path(self._temporary.name if self._temporary else "")
        self._root.mkdir(parents=True, exist_ok=True)
        self._bridge = bridge or shipped_bridge()
        self._beside = _threads()
        self._mutex = RLock()
        self._writing = FileLock(self._root / "writer.lock")
        self._swapping = FileLock(self._root / "swap.lock")
        self._rebuilding = FileLock(self._root / "rebuild.lock")
        self._generation: Generation | None = None
        self._writer: Writer | None = None
        self._written: Generation | None = None
        self._reason = ""

    # -- reading ------------------------------------------------------------------------------

    def search(self, request: SearchRequest) -> SearchPage:
        if request.cursor is not None:
            return self._walk(request)
        page = self._reader().search(request)
        return replace(page, incomplete=True) if self._reason else page

    def _walk(self, request: SearchRequest) -> SearchPage:
        """A place is the number of a page; it tells nothing that needs a secret."""
        at = opened(b"embedded", request) if request.cursor else request.page
        page = self.search(replace(request, cursor=None, page=at))
        follows = at * request.size < min(page.total, DEEPEST)
        return replace(page, cursor=sealed(b"embedded", request, at + 1) if follows else None)

    def suggest(self, text: str, limit: int = 8) -> list[Suggestion]:
        return self._reader().suggest(text, limit)

    def did_you_mean(self, text: str) -> str | None:
        return self._reader().did_you_mean(text)

    def similar(self, kind: str, id: str, limit: int = 6, language: str = "zh") -> list[Hit]:
        return self._reader().similar(kind, id, limit, language)

    def find(self, identifier: str) -> list[Hit]:
        return self._reader().find(identifier)

    def count(self) -> int:
        return self._reader().count()

    def health(self) -> Health:
        return Health(self.count(), self._reason)

    def listing(self) -> Iterator[Held]:
        searcher = self._searcher()
        everything = tantivy.Query.all_query()
        for _, at in searcher.search(everything, limit=max(1, searcher.num_docs)).hits:
            entry = entry_at(searcher, at)
            source = entry.document.to_json() if entry.document else ""
            yield Held(entry.kind, entry.id, entry.version, fingerprint(source) if source else "")

    def _reader(self) -> Reader:
        current = self._usable()
        remembered = current.remembered  # before the searcher: counts may be newer, never older
        return Reader(current.index.searcher(), remembered, self._bridge, self._beside)

    def _searcher(self) -> tantivy.Searcher:
        return self._usable().index.searcher()

    def _usable(self) -> Generation:
        """Raises SearchUnavailable where the folder cannot be used, nor an empty index begun."""
        try:
            return self._current()
        except (OSError, ValueError, Damaged, IndexBusy) as error:
            raise SearchUnavailable from error

    def _current(self) -> Generation:
        """The generation in use, as of now; begins an empty one where there is none to use."""
        with self._mutex:
            folder = generations.pointed(self._root)
            opened = self._generation
            if opened is not None and opened.folder == folder:
                return opened.fresh()
            if folder is None:
                return self._begin("new")
            try:
                self._generation = Generation(folder)
            except Damaged as damaged:
                return self._begin(str(damaged))
            self._reason = "" if self._generation.complete() else self._reason or "new"
            return self._generation

    def _begin(self, reason: str) -> Generation:
        """Another process may do the same at this moment; whoever is second takes the first's."""
        before = generations.pointed(self._root)
        with self._swapping(PATIENCE):
            if generations.pointed(self._root) == before:
                generations.point(self._root, generations.create(self._root))
        self._reason = reason
        folder = generations.pointed(self._root)
        if folder is None:
            raise Damaged("damaged")
        self._generation = Generation(folder)
        return self._generation

    # -- writing ------------------------------------------------------------------------------

    def write(self, entries: Sequence[Entry]) -> list[int]:
        """The first write makes this process the one that writes, until `close`."""
        with self._mutex:
            if not self._writing.held:
                self._writing.acquire(PATIENCE)
            self._current()
            with self._swapping(PATIENCE):
                return self._writable().write(entries)

    def _writable(self) -> Writer:
        before = self._generation
        current = self._current()
        if self._writer is None or current is not before or self._written is not current:
            self._drop_writer()
            try:
                self._writer = Writer(current.index)
            except ValueError as error:
                raise IndexBusy("writer") from error
            self._written = current
        return self._writer

    def _drop_writer(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def rebuild(self, entries: Iterable[Entry], progress: Progress | None = None) -> int:
        with self._rebuilding(0):
            began = last_round(self._searcher())
            current = generations.pointed(self._root)
            if current is not None:
                generations.sweep(self._root, current)
            folder = generations.create(self._root)
            beside = Generation(folder)
            writer = Writer(beside.index, bulk=True)
            number = writer.fill(entries, progress)
            writer.close(merged=True)
            with self._mutex, self._swapping(30 * PATIENCE):
                self._carry_over(beside, began)
                generations.describe(folder, complete=True)
                self._drop_writer()
                generations.point(self._root, folder)
                self._reason = ""
            return number

    def _carry_over(self, beside: Generation, began: int) -> None:
        """What was written to the old index while the new one was built."""
        missed = since(self._searcher(), began)
        if missed:
            writer = Writer(beside.index)
            writer.write(missed)
            writer.close(merged=True)

    def close(self) -> None:
        with self._mutex:
            self._beside.shutdown()
            self._beside = _threads()
            if self._writer is not None:
                self._writer.close(merged=True)
                self._writer = None
            self._generation = self._written = None
            self._writing.release()
            if self._temporary is not None:
                self._temporary.cleanup()


def _threads() -> ThreadPoolExecutor:
    """Starts a thread only when one is needed."""
    return ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="facets")
