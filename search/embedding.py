"""The worker's task that keeps vectors equal to the index: of title and value line."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Final

import structlog
from sqlalchemy import and_, or_, select

from core.database import Database
from core.models import IndexState
from search.documents import Document
from search.embedder import Embedder, EmbedderUnavailable
from search.indexer import Loaders
from search.meaning_store import Reference, Vectors

log = structlog.get_logger()
PAGE: Final = 500
"""Rows that are looked through at once."""
BATCH: Final = 16
"""Documents of one call: a title takes some thirty milliseconds."""
REST: Final = 60.0
"""Seconds after the last document, or after an embedder that did not answer."""
LONGEST: Final = 400
"""Characters of a document that are read."""


class Embed:
    """Walks through all documents again and again; gives the number of vectors made."""

    def __init__(
        self,
        database: Database,
        embedder: Embedder,
        vectors: Vectors,
        loaders: Loaders,
        tick: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database, self._embedder, self._vectors = database, embedder, vectors
        self._loaders, self._tick = loaders, tick
        self._after: Reference = ("", "")
        self._rests_until = 0.0

    def __call__(self) -> int:
        if self._tick() < self._rests_until:
            return 0
        rows = self._page()
        held = self._vectors.versions(list(rows))
        late = [ref for ref, version in rows.items() if held.get(ref, 0) < version]
        if late:
            return self._embed({ref: rows[ref] for ref in late[:BATCH]})
        if len(rows) < PAGE:
            self._after, self._rests_until = ("", ""), self._tick() + REST
            return 0
        self._after = max(rows)
        return len(rows)

    def _page(self) -> dict[Reference, int]:
        row, (kind, id_) = IndexState, self._after
        further = or_(row.kind > kind, and_(row.kind == kind, row.id > id_))
        asked = select(row.kind, row.id, row.wanted).where(further)
        with self._database.read() as session:
            found = session.execute(asked.order_by(row.kind, row.id).limit(PAGE))
            return {(each.kind, each.id): each.wanted for each in found}

    def _embed(self, wanted: dict[Reference, int]) -> int:
        """The version was read before the document: a vector is never called newer than it is."""
        said = {ref: passage(each) for ref, each in self._load(list(wanted)).items()}
        said = {ref: text for ref, text in said.items() if text}
        try:
            made = self._embedder.passages(list(said.values())) if said else []
        except EmbedderUnavailable as error:
            log.warning("meaning waits", reason=str(error))
            self._rests_until = self._tick() + REST
            return 0
        vectors = dict(zip(said, made, strict=True))
        self._vectors.keep((ref, version, vectors.get(ref)) for ref, version in wanted.items())
        return len(wanted)

    def _load(self, references: Sequence[Reference]) -> dict[Reference, Document]:
        found: dict[Reference, Document] = {}
        with self._database.read() as session:
            for kind in {kind for kind, _ in references} & set(self._loaders):
                ids = [id_ for other, id_ in references if other == kind]
                for id_, document in self._loaders[kind](session, ids).items():
                    found[kind, id_] = document
        return found


def passage(document: Document) -> str:
    """What is embedded: long texts are slow, and say less of what the whole is about. "" where
    there is neither title nor value line."""
    said = [f"{text.title}. {text.lead}".strip(" .") for text in document.texts.values()]
    return "\n".join(filter(None, said))[:LONGEST]
