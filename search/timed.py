"""Any engine, with a clock beside it: how long it takes to answer, and how often it does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from prometheus_client import Counter, Histogram

from search.errors import SearchUnavailable
from search.port import Entry, Health, Held, Progress, SearchEngine
from search.queries import Hit, SearchPage, SearchRequest, Suggestion

SECONDS = Histogram(
    "qiaoyi_search_seconds",
    "Time until the search engine answered, by what was asked of it.",
    ["operation"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2, 5, 10, 30),
)
FAILED = Counter(
    "qiaoyi_search_unavailable", "Times that the search engine did not answer.", ["operation"]
)
WRITTEN = Counter("qiaoyi_search_entries_written", "Entries that were handed to the engine.")


class TimedEngine:
    """See port.SearchEngine."""

    def __init__(self, engine: SearchEngine) -> None:
        self.engine = engine

    def write(self, entries: Sequence[Entry]) -> list[int]:
        with _timed("write"):
            held = self.engine.write(entries)
        WRITTEN.inc(len(entries))
        return held

    def search(self, request: SearchRequest) -> SearchPage:
        with _timed("search"):
            return self.engine.search(request)

    def suggest(self, text: str, limit: int = 8) -> list[Suggestion]:
        with _timed("suggest"):
            return self.engine.suggest(text, limit)

    def did_you_mean(self, text: str) -> str | None:
        with _timed("did_you_mean"):
            return self.engine.did_you_mean(text)

    def similar(self, kind: str, id: str, limit: int = 6, language: str = "zh") -> list[Hit]:
        with _timed("similar"):
            return self.engine.similar(kind, id, limit, language)

    def find(self, identifier: str) -> list[Hit]:
        with _timed("find"):
            return self.engine.find(identifier)

    def rebuild(self, entries: Iterable[Entry], progress: Progress | None = None) -> int:
        return self.engine.rebuild(entries, progress)

    def listing(self) -> Iterator[Held]:
        return self.engine.listing()

    def count(self) -> int:
        return self.engine.count()

    def health(self) -> Health:
        return self.engine.health()

    def close(self) -> None:
        self.engine.close()


@contextmanager
def _timed(operation: str) -> Iterator[None]:
    with SECONDS.labels(operation).time():
        try:
            yield
        except SearchUnavailable:
            FAILED.labels(operation).inc()
            raise
