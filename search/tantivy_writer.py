"""Writing entries into one tantivy index, where an older version loses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from itertools import chain, islice

import tantivy

from search import analysts
from search import tantivy_schema as ts
from search.analyst import TANTIVY, completed, source_of
from search.documents import Document
from search.port import Entry, Progress

LIVE_HEAP, BULK_HEAP, BULK_THREADS = 40_000_000, 200_000_000, 2
FIRST_ROUND = 1


class Writer:
    """The one writer of an index. `close` lets the next one in."""

    def __init__(self, index: tantivy.Index, *, bulk: bool = False) -> None:
        self._index = index
        heap, threads = (BULK_HEAP, BULK_THREADS) if bulk else (LIVE_HEAP, 1)
        self._writer = index.writer(heap, threads)

    def write(self, entries: Sequence[Entry]) -> list[int]:
        """Commits all entries or none; gives the versions then held."""
        self._index.reload()
        searcher = self._index.searcher()
        round_ = last_round(searcher) + 1
        now: dict[str, int] = {}
        held: list[int] = []
        try:
            for entry in entries:
                key = ts.key(entry.kind, entry.id)
                known = now.get(key)
                if known is None:
                    known = version_of(searcher, key)
                if known < entry.version:
                    self._writer.delete_documents_by_term("key", key)
                    self._writer.add_document(_made(entry, round_))
                    known = entry.version
                now[key] = known
                held.append(known)
            self._writer.commit()
        except BaseException:
            self._writer.rollback()
            raise
        return held

    def fill(self, entries: Iterable[Entry], progress: Progress | None) -> int:
        """Adds entries, of which each is there once, to an empty index; gives their number.

        What is not worth starting processes for is analysed here. Raises AnalystStopped.
        """
        rest = iter(entries)
        first = list(islice(rest, analysts.FEW))
        number = 0
        with ExitStack() as children:
            add = self._add
            if len(first) == analysts.FEW:
                add = children.enter_context(self._analysts()).add
            for number, entry in enumerate(chain(first, rest), start=1):
                add(entry)
                if progress and number % 500 == 0:
                    progress(number)
        self._writer.commit()
        if progress:
            progress(number)
        return number

    def _analysts(self) -> analysts.Analysts[str]:
        mode = (TANTIVY, str(FIRST_ROUND))
        return analysts.Analysts(
            self._writer.add_json, mode, lambda line, asked: completed(line, source_of(asked))
        )

    def _add(self, entry: Entry) -> None:
        self._writer.add_document(_made(entry, FIRST_ROUND))

    def close(self, *, merged: bool = False) -> None:
        """With `merged`, waits until segments are joined. The writer is not used after it."""
        if merged:
            self._writer.wait_merging_threads()
        del self._writer


def _made(entry: Entry, round_: int) -> tantivy.Document:
    if entry.document is None:
        return ts.made(ts.tombstone(entry.kind, entry.id, entry.version, round_))
    return ts.made(ts.values(entry.document, entry.version, round_))


def version_of(searcher: tantivy.Searcher, key: str) -> int:
    """The version held under this key, 0 if none."""
    found = searcher.search(ts.term("key", key), limit=1, count=False).hits
    if not found:
        return 0
    version = searcher.fast_field_values("version", [found[0][1]])[0]
    return int(version or 0)


def last_round(searcher: tantivy.Searcher) -> int:
    """Each batch written has a number, so that a rebuild knows what came while it ran."""
    found = searcher.search(
        tantivy.Query.all_query(),
        limit=1,
        count=False,
        order_by_field="round",
        order=tantivy.Order.Desc,
    ).hits
    return int(found[0][0]) if found else 0


def since(searcher: tantivy.Searcher, round_: int) -> list[Entry]:
    """What was written after this round."""
    newer = tantivy.Query.range_query(
        ts.schema(), "round", tantivy.FieldType.Integer, round_, None, include_lower=False
    )
    hits = searcher.search(newer, limit=max(1, searcher.num_docs), count=False).hits
    return [entry_at(searcher, address) for _, address in hits]


def entry_at(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> Entry:
    kept = searcher.doc(address)
    source: bytes = kept.get_first("source") or b""
    kind, _, id_ = str(kept.get_first("key")).partition(":")
    version = int(searcher.fast_field_values("version", [address])[0] or 0)
    document = Document.from_json(source) if source else None
    return Entry(kind, id_, version, document)
