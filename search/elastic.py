"""The engine for many machines: Elasticsearch 8.19 or newer, one public index behind an alias."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final, TypeVar

from elasticsearch import ApiError, NotFoundError

from search import elastic_words as words
from search.bridge import Bridge
from search.bridge_terms import shipped_bridge
from search.elastic_client import Cluster, Connection, Fault
from search.elastic_generations import Generations, State
from search.elastic_mapping import key
from search.elastic_reader import Reader
from search.elastic_writer import PIECE, Line, Writer, analysed, line, newest, pieces
from search.errors import SearchUnavailable
from search.port import Entry, Health, Held, Progress
from search.queries import Hit, SearchPage, SearchRequest, Suggestion

T = TypeVar("T")
WRITTEN: Final = frozenset({200, 201})
STALE, ABSENT = 409, 404
AT_ONCE: Final = 3
"""Requests of a rebuild under way while the next documents are analysed."""
LOOK: Final = 5.0
"""Seconds for which it is believed that the index in use is the right one."""
LIST: Final = 2_000
_KEEP: Final = "2m"


class ElasticEngine:
    """See port.SearchEngine."""

    def __init__(self, cluster: Cluster, bridge: Bridge | None = None) -> None:
        self._connection = Connection(cluster)
        self._generations = Generations(self._connection)
        self._reader = Reader(self._connection, cluster.index, bridge or shipped_bridge())
        self._looked: tuple[float, State] | None = None

    # -- reading ------------------------------------------------------------------------------

    def search(self, request: SearchRequest) -> SearchPage:
        reason = self._state().reason
        page = self._answer(lambda: self._reader.search(request))
        return replace(page, incomplete=True) if reason else page

    def suggest(self, text: str, limit: int = 8) -> list[Suggestion]:
        return self._answer(lambda: words.suggest(self._reader.asking, text, limit))

    def did_you_mean(self, text: str) -> str | None:
        return self._answer(lambda: words.did_you_mean(self._reader.asking, text))

    def similar(self, kind: str, id: str, limit: int = 6, language: str = "zh") -> list[Hit]:
        return self._answer(lambda: self._reader.similar(kind, id, limit, language))

    def find(self, identifier: str) -> list[Hit]:
        return self._answer(lambda: self._reader.find(identifier))

    def count(self) -> int:
        return self._answer(self._reader.count)

    def health(self) -> Health:
        self._looked = None
        return Health(self.count(), self._state().reason)

    def listing(self) -> Iterator[Held]:
        """One view of the index, walked from end to end."""
        self._state()
        index = self._connection.cluster.index
        opened = self._connection.tell(
            lambda es: es.open_point_in_time(index=index, keep_alive=_KEEP)
        )
        view, after = opened.body["id"], None
        try:
            while True:
                found = self._listed(view, after)
                yield from map(_held, found["hits"]["hits"])
                if len(found["hits"]["hits"]) < LIST:
                    return
                view, after = found["pit_id"], found["hits"]["hits"][-1]["sort"]
        finally:
            with suppress(ApiError, SearchUnavailable):
                self._connection.tell(lambda es: es.close_point_in_time(id=view))

    def _listed(self, view: str, after: Any) -> Any:
        asked: dict[str, Any] = {
            "pit": {"id": view, "keep_alive": _KEEP},
            "size": LIST,
            "sort": ["_shard_doc"],
            "_source": False,
            "docvalue_fields": ["key", "version", "hash"],
            "track_total_hits": False,
        }
        further = {"search_after": after} if after else {}
        return self._connection.tell(lambda es: es.search(body=asked | further)).body

    def _answer(self, ask: Callable[[], T]) -> T:
        """An index that somebody removed under our hands is begun anew, and said to be."""
        try:
            self._state()
            return ask()
        except NotFoundError:
            self._looked = None
            self._state()
        try:
            return ask()
        except ApiError as error:
            raise SearchUnavailable from Fault(f"The index cannot be asked: {error}"[:300])

    def _state(self) -> State:
        now = time.monotonic()
        if self._looked is None or now - self._looked[0] > LOOK:
            self._looked = now, self._generations.state()
        return self._looked[1]

    # -- writing ------------------------------------------------------------------------------

    def write(self, entries: Sequence[Entry]) -> list[int]:
        """Goes to the index in use and to the one being built, if one is."""
        lines = {name: line(entry) for name, entry in newest(entries).items()}
        held = self._written(list(lines.values())) if lines else {}
        return [held[key(entry.kind, entry.id)] for entry in entries]

    def _written(self, lines: list[Line]) -> dict[str, int]:
        aliases = self._generations.targets()
        writer = Writer(self._connection)
        answers = [
            writer.send(alias, lines, alias=True, refresh=alias == self._generations.alias)
            for alias in aliases
        ]
        if ABSENT in answers[-1].values():  # a swap came between: the one in use is another now
            alias = self._generations.alias
            answers = [writer.send(alias, lines, alias=True, refresh=True)]
        versions = {line.key: line.version for line in lines}
        stale = [name for name in versions if any(found[name] == STALE for found in answers)]
        held = {
            name: version if all(found[name] in WRITTEN for found in answers) else 0
            for name, version in versions.items()
        }
        return held | (self._versions(stale) if stale else {})

    def _versions(self, names: list[str]) -> dict[str, int]:
        index = self._connection.cluster.index
        found = self._connection.tell(lambda es: es.mget(index=index, ids=names, source=False))
        return {doc["_id"]: int(doc.get("_version", 0)) for doc in found.body["docs"]}

    def rebuild(self, entries: Iterable[Entry], progress: Progress | None = None) -> int:
        return self.load(analysed(entries), progress)

    def load(self, lines: Iterable[Line], progress: Progress | None = None) -> int:
        """What `rebuild` does, of documents that are analysed already."""
        self._state()
        with self._generations.building() as building:
            number = 0
            for written in self._filled(lines, building.lease.keep):
                number += written
                if progress:
                    progress(number)
            building.lease.keep()
            self._generations.swap(building.index)
        self._looked = None
        return number

    def _filled(self, lines: Iterable[Line], keep: Callable[[], None]) -> Iterator[int]:
        """Takes lines here and writes them in threads, a few requests ahead at most."""
        waiting: deque[Future[int]] = deque()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for piece in pieces(lines, PIECE):
                keep()
                waiting.append(pool.submit(self._fill, piece))
                if len(waiting) > AT_ONCE:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def _fill(self, lines: list[Line]) -> int:
        writer = Writer(self._connection)
        answers = writer.send(self._generations.beside, lines, alias=True, refresh=False)
        for name, status in answers.items():
            if status not in WRITTEN and status != STALE:
                raise SearchUnavailable from Fault(f"{name} was not taken ({status}).")
        return len(lines)

    def close(self) -> None:
        self._reader.close()
        self._connection.close()


def _held(raw: Any) -> Held:
    fields = raw["fields"]
    kind, _, id_ = fields["key"][0].partition(":")
    return Held(kind, id_, int(fields["version"][0]), fields.get("hash", [""])[0])
