"""An engine whose best hits are ordered by their meaning too, fused by rank; off by default.

The words decide what is found, how much and in which facets; the meaning only takes part in the
order of the first DEPTH hits (reciprocal rank fusion: where two orders agree, a hit rises). So both
engines do the same, and where the embedder does not answer the order by words stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import structlog

from search import showing
from search.embedder import Embedder, EmbedderUnavailable, likeness
from search.marking import also_said, looked_for
from search.meaning_store import Vectors
from search.port import SearchEngine
from search.queries import Hit, SearchPage, SearchRequest
from search.wrapped import WrappedEngine

log = structlog.get_logger()
DEPTH: Final = 100
"""Hits whose order the meaning takes part in; pages beyond are by words alone."""
RANK: Final = 20
"""The constant of reciprocal rank fusion."""


class MeaningEngine(WrappedEngine):
    """Orders the first hits of a search by meaning too; all else is the wrapped engine's."""

    def __init__(self, engine: SearchEngine, embedder: Embedder, vectors: Vectors) -> None:
        super().__init__(engine)
        self._embedder, self._vectors = embedder, vectors

    def search(self, request: SearchRequest) -> SearchPage:
        if not _asks_for_meaning(request):
            return self.engine.search(request)
        wide = replace(request, page=1, size=DEPTH, snippets=False)
        page = self.engine.search(wide)
        if page.identifiers or len(page.hits) < 2:
            ordered = page.hits
        else:
            ordered = self._fused(request.text, page.hits)
        shown = ordered[request.offset : request.offset + request.size]
        return replace(page, hits=tuple(_drawn(shown, request, page)))

    def _fused(self, text: str, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        try:
            asked = self._embedder.question(text)
        except EmbedderUnavailable as error:
            log.warning("order by words alone", reason=str(error))
            return tuple(hits)
        known = self._vectors.of([(hit.document.kind, hit.document.id) for hit in hits])
        near = {ref: likeness(asked, vector) for ref, vector in known.items()}
        return tuple(fused([replace(hit, meaning=near.get(_reference(hit))) for hit in hits]))


def fused(hits: Sequence[Hit]) -> list[Hit]:
    """Hits in the order of their words, reordered. One without a vector keeps its place's worth."""
    by_meaning = sorted(
        (place for place, hit in enumerate(hits) if hit.meaning is not None),
        key=lambda place: -(hits[place].meaning or 0.0),
    )
    ranks = {place: rank for rank, place in enumerate(by_meaning)}
    worth = [
        1 / (RANK + place + 1) + 1 / (RANK + ranks.get(place, place) + 1)
        for place in range(len(hits))
    ]
    return [hits[place] for place in sorted(range(len(hits)), key=lambda at: (-worth[at], at))]


def _asks_for_meaning(request: SearchRequest) -> bool:
    return (
        request.sort == "relevance"
        and bool(request.text.strip())
        and request.cursor is None
        and request.offset + request.size <= DEPTH
    )


def _drawn(hits: Sequence[Hit], request: SearchRequest, page: SearchPage) -> Iterator[Hit]:
    """With the snippets that the wide question went without."""
    wanted = looked_for(also_said(request.text, page.bridged)) if request.snippets else None
    for hit in hits:
        shown = showing.hit(hit.document, hit.version, hit.score, request, wanted)
        yield replace(shown, meaning=hit.meaning)


def _reference(hit: Hit) -> tuple[str, str]:
    return hit.document.kind, hit.document.id
