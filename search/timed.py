"""Any engine, with a clock beside it: how long it takes to answer, and how often it does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from prometheus_client import Counter, Histogram

from search.errors import SearchUnavailable
from search.port import Entry
from search.queries import Hit, SearchPage, SearchRequest, Suggestion
from search.wrapped import WrappedEngine

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


class TimedEngine(WrappedEngine):
    """Times what a visitor waits for; rebuilds and reports go on untimed."""

    def write(self, entries: Sequence[Entry]) -> list[int]:
        with _timed("write"):
            held = super().write(entries)
        WRITTEN.inc(len(entries))
        return held

    def search(self, request: SearchRequest) -> SearchPage:
        with _timed("search"):
            return super().search(request)

    def suggest(self, text: str, limit: int = 8) -> list[Suggestion]:
        with _timed("suggest"):
            return super().suggest(text, limit)

    def did_you_mean(self, text: str) -> str | None:
        with _timed("did_you_mean"):
            return super().did_you_mean(text)

    def similar(self, kind: str, id: str, limit: int = 6, language: str = "zh") -> list[Hit]:
        with _timed("similar"):
            return super().similar(kind, id, limit, language)

    def find(self, identifier: str) -> list[Hit]:
        with _timed("find"):
            return super().find(identifier)


@contextmanager
def _timed(operation: str) -> Iterator[None]:
    with SECONDS.labels(operation).time():
        try:
            yield
        except SearchUnavailable:
            FAILED.labels(operation).inc()
            raise
