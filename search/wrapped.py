"""An engine around another: each call goes on as it came, until a subclass adds to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from search.port import Entry, Health, Held, Progress, SearchEngine
from search.queries import Hit, SearchPage, SearchRequest, Suggestion


class WrappedEngine:
    """See port.SearchEngine."""

    def __init__(self, engine: SearchEngine) -> None:
        self.engine = engine

    def write(self, entries: Sequence[Entry]) -> list[int]:
        return self.engine.write(entries)

    def search(self, request: SearchRequest) -> SearchPage:
        return self.engine.search(request)

    def suggest(self, text: str, limit: int = 8) -> list[Suggestion]:
        return self.engine.suggest(text, limit)

    def did_you_mean(self, text: str) -> str | None:
        return self.engine.did_you_mean(text)

    def similar(self, kind: str, id: str, limit: int = 6, language: str = "zh") -> list[Hit]:
        return self.engine.similar(kind, id, limit, language)

    def find(self, identifier: str) -> list[Hit]:
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
