"""The connection to Elasticsearch: every call has a time-out, is tried again here and nowhere else,
and fails with a sentence that says what to do."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

from elastic_transport import ConnectionError as NoConnection
from elastic_transport import ConnectionTimeout, SerializationError, TlsError, TransportError
from elasticsearch import ApiError, Elasticsearch, UnsupportedProductError
from elasticsearch.serializer import OrjsonSerializer

from search.errors import SearchUnavailable

T = TypeVar("T")
OLDEST: Final = (8, 19)
"""The client speaks with this version and newer ones."""
WRITING: Final = 12
"""Nobody waits for a write: it may take so many times as long as a search."""
PATIENCE: Final = 1.5
"""Seconds during which a search is tried again, on another node if there is one."""
REST: Final = 2.0
"""Seconds for which nobody asks a server again that did not answer: pages do not queue for it."""
_AGAIN: Final = frozenset({429, 502, 503, 504})


RANKING: Final = {"words": (1.6, 0.6), "pairs": (1.2, 1.0), "titles": (4.0, 0.75)}
"""k1 and b of BM25 by kind of field: benchmarks/search/RELEVANCE.md says how they were found."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where the index is and how it is kept; `docs/scaling.md` says what to set when."""

    urls: tuple[str, ...]
    api_key: str = ""
    ca: Path | None = None
    index: str = "qiaoyi"
    shards: int = 1
    replicas: str = "0-1"
    """A number, or a range that follows the number of nodes."""
    refresh: str = "1s"
    ranking: Mapping[str, tuple[float, float]] = field(default_factory=lambda: dict(RANKING))
    timeout: float = 5.0
    secret: bytes = b""
    """Signs cursors, so that nobody can ask for another's view of the index."""


class Fault(Exception):  # noqa: N818  it is shown as it stands
    """Why the server is of no use at this moment, in words for the operator."""


class Connection:
    """A client that has made sure of what it talks to."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.client = Elasticsearch(
            list(cluster.urls),
            api_key=cluster.api_key or None,
            request_timeout=cluster.timeout,
            max_retries=0,
            retry_on_timeout=False,
            max_dead_node_backoff=5.0,
            connections_per_node=16,
            serializer=OrjsonSerializer(),
            **_tls(cluster),
        )
        self.quick = self.client.options(request_timeout=min(cluster.timeout, PATIENCE))
        self._known = False
        self._rests_until = 0.0

    def ask(self, call: Callable[[Elasticsearch], T]) -> T:
        """A read: soon answered or given up. Raises SearchUnavailable; other answers pass."""
        if time.monotonic() < self._rests_until:
            raise SearchUnavailable from Fault(f"{self._name()} did not answer a moment ago.")
        try:
            return self._tried(call, self.client, PATIENCE)
        except SearchUnavailable:
            self._rests_until = time.monotonic() + REST
            raise

    def tell(self, call: Callable[[Elasticsearch], T], patience: float = 5.0) -> T:
        """A write, which nobody waits for. Raises SearchUnavailable; other answers pass."""
        return self._tried(
            call, self.client.options(request_timeout=WRITING * self.cluster.timeout), patience
        )

    def close(self) -> None:
        self.client.close()

    def _tried(
        self, call: Callable[[Elasticsearch], T], client: Elasticsearch, patience: float
    ) -> T:
        until, wait = time.monotonic() + patience, 0.05
        while True:
            try:
                self._make_sure()
                answer = call(client)
            except (TransportError, ApiError) as error:
                left = until - time.monotonic()
                if isinstance(error, ApiError) and not _unusable(error):
                    raise
                if not _passing(error) or left <= 0:
                    raise SearchUnavailable from Fault(self._sentence(error))
                time.sleep(min(left, wait * (0.5 + random.random())))
                wait *= 2
            else:
                self._rests_until = 0.0
                return answer

    def _make_sure(self) -> None:
        """Once per process: that it is Elasticsearch, and new enough.

        A key that may not read the nodes' versions is one that an operator has narrowed.
        """
        if self._known:
            return
        try:
            found = self.quick.nodes.info(filter_path="nodes.*.version").body
        except ApiError as error:
            if error.status_code != 403:
                raise
            found = {}
        versions = [str(node["version"]) for node in found.get("nodes", {}).values()]
        for version in versions:
            if tuple(int(part) for part in version.split(".")[:2]) < OLDEST:
                raise SearchUnavailable from Fault(
                    f"{self._name()} is Elasticsearch {version}; 8.19 or newer is needed."
                )
        self._known = True

    def _name(self) -> str:
        return ", ".join(self.cluster.urls)

    def _sentence(self, error: Exception) -> str:
        name = self._name()
        match error:
            case UnsupportedProductError():
                return f"{name} is not Elasticsearch, or a proxy hides that it is."
            case TlsError():
                return (
                    f"The certificate of {name} is not trusted: set QIAOYI_ELASTICSEARCH_CA to the "
                    f"authority's file. ({error.message})"
                )
            case ConnectionTimeout():
                return f"{name} does not answer in time."
            case NoConnection():
                return f"{name} cannot be reached. ({error.message})"
            case SerializationError():
                return f"{name} answers with something that is no JSON."
            case ApiError() if error.status_code in {401, 403}:
                return (
                    f"{name} refuses the key ({error.status_code}): check "
                    "QIAOYI_ELASTICSEARCH_API_KEY and what it may do."
                )
            case ApiError() if error.status_code in {400, 406} and "media" in str(error).lower():
                return f"{name} is too old: Elasticsearch 8.19 or newer is needed."
            case ApiError():
                return f"{name} answers {error.status_code}: {str(error.message)[:200]}"
        return f"{name}: {error!r}"[:300]


def _tls(cluster: Cluster) -> dict[str, Any]:
    return {"ca_certs": str(cluster.ca)} if cluster.ca else {}


def _passing(error: Exception) -> bool:
    """Whether another node, or the same one a little later, may do better."""
    if isinstance(error, ApiError):
        return error.status_code in _AGAIN
    return isinstance(error, NoConnection) and not isinstance(error, TlsError)


def _unusable(error: ApiError) -> bool:
    """The server, not the question, is at fault."""
    if isinstance(error, UnsupportedProductError):
        return True
    status = error.status_code
    media = status in {400, 406} and "media" in str(error).lower()
    return status in {401, 403, 429} or status >= 500 or media
