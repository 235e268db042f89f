"""Writing in bulk: by version, in pieces that shrink when the cluster asks for patience."""

from __future__ import annotations

import random
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, Final

import orjson
import structlog

from search import analysts
from search.analyst import ELASTIC
from search.elastic_client import Connection, Fault
from search.elastic_mapping import body, key
from search.errors import SearchUnavailable
from search.port import Entry

log = structlog.get_logger()
PIECE: Final = 500
"""Documents of one request; an overloaded cluster gets half as many, and half again."""
HEAVIEST: Final = 8 * 1024 * 1024
"""Octets of one request."""
PATIENCE: Final = 30.0
"""Seconds for which an overloaded cluster is waited for; then the rows stay queued."""
_HEADERS: Final = {
    "accept": "application/vnd.elasticsearch+json; compatible-with=8",
    "content-type": "application/vnd.elasticsearch+x-ndjson; compatible-with=8",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One document, ready to be sent."""

    key: str
    version: int
    source: bytes

    def to(self, target: str, *, alias: bool) -> bytes:
        act = {
            "_index": target,
            "_id": self.key,
            "version": self.version,
            "version_type": "external",
            "require_alias": alias,
        }
        return orjson.dumps({"index": act}) + b"\n" + self.source + b"\n"


def line(entry: Entry) -> Line:
    return Line(key(entry.kind, entry.id), entry.version, orjson.dumps(body(entry)))


def analysed(entries: Iterable[Entry]) -> Iterator[Line]:
    """Lines of entries in any order; of many, made in processes beside. Raises AnalystStopped."""
    rest = iter(entries)
    first = list(islice(rest, analysts.FEW))
    if len(first) < analysts.FEW:
        yield from map(line, first)
        return
    ready: deque[Line] = deque()
    with analysts.Analysts(ready.append, (ELASTIC,), _answered) as children:
        for entry in chain(first, rest):
            children.add(entry)
            while ready:
                yield ready.popleft()
    yield from ready


def _answered(source: bytes, packed: bytes) -> Line:
    kind, id_, version, _ = packed.split(b" ", 3)
    return Line(key(kind.decode(), id_.decode()), int(version), source)


def newest(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Of each document the highest version that the batch has."""
    kept: dict[str, Entry] = {}
    for entry in entries:
        name = key(entry.kind, entry.id)
        if name not in kept or kept[name].version < entry.version:
            kept[name] = entry
    return kept


class Writer:
    """Sends lines to one index or alias."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._piece = PIECE

    def send(
        self, target: str, lines: Sequence[Line], *, alias: bool, refresh: bool
    ) -> dict[str, int]:
        """HTTP status of each line by key: 200 or 201 written, 409 a newer one is there.

        Raises SearchUnavailable if the cluster stays overloaded.
        """
        answers: dict[str, int] = {}
        waiting, until, wait = list(lines), time.monotonic() + PATIENCE, 0.1
        while waiting:
            piece = _fitting(waiting, self._piece)
            answered = self._bulk(target, piece, alias=alias, refresh=refresh)
            refused = [line for line in piece if answered.get(line.key, 429) == 429]
            answers |= {name: status for name, status in answered.items() if status != 429}
            waiting = refused + waiting[len(piece) :]
            if not refused:
                self._piece, wait = min(PIECE, self._piece + PIECE // 8), 0.1
                continue
            if time.monotonic() > until:
                raise SearchUnavailable from Fault("The cluster is overloaded (429).")
            self._piece = max(1, len(piece) // 2)
            log.info("index waits", reason="overloaded", piece=self._piece)
            time.sleep(wait * (0.5 + random.random()))
            wait = min(5.0, 2 * wait)
        return answers

    def _bulk(
        self, target: str, piece: Sequence[Line], *, alias: bool, refresh: bool
    ) -> dict[str, int]:
        """A request that is refused as a whole is 429 for each of its lines."""
        payload = b"".join(line.to(target, alias=alias) for line in piece)
        path = "/_bulk?filter_path=errors,items.*.status,items.*._id"
        whole = path + ("&refresh=true" if refresh else "")

        def call(client: Any) -> Any:
            answer = client.options(ignore_status=429).perform_request(
                "POST", whole, headers=_HEADERS, body=payload
            )
            return answer if answer.meta.status == 429 else answer.body["items"]

        answer = self._connection.tell(call)
        if not isinstance(answer, list):
            return dict.fromkeys((line.key for line in piece), 429)
        found = [item["index"] for item in answer]
        return {item["_id"]: int(item["status"]) for item in found}


def _fitting(lines: Sequence[Line], most: int) -> list[Line]:
    """As many as one request takes; at least one."""
    piece: list[Line] = []
    weight = 0
    for line_ in lines[:most]:
        weight += len(line_.source)
        if piece and weight > HEAVIEST:
            break
        piece.append(line_)
    return piece


def pieces(lines: Iterable[Line], size: int) -> Iterator[list[Line]]:
    taken = iter(lines)
    while piece := list(islice(taken, size)):
        yield piece
