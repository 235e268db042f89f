"""Questions to the index in use, one or several in a round trip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from zlib import crc32

from elastic_transport import ObjectApiResponse
from elasticsearch import ApiError
from elasticsearch.exceptions import HTTP_EXCEPTIONS

from search import elastic_query as eq
from search.elastic_client import Connection


class Asking:
    def __init__(self, connection: Connection, index: str) -> None:
        self.connection, self.index = connection, index

    def raw(self, **body: Any) -> Any:
        """One question as it stands; what a single shard cannot answer is no answer."""
        where = self._where(body)
        return self.connection.ask(lambda es: es.search(body=body, **where)).body

    def together(self, bodies: Sequence[Mapping[str, Any]]) -> list[Any]:
        """Several questions in one round trip, answered side by side."""
        if not bodies:
            return []
        lines = [part for body in bodies for part in (self._where(body), body)]
        return self.connection.ask(lambda es: _each(es.msearch(searches=lines)))

    def holding(self, needs: Mapping[str, eq.Query]) -> dict[str, int]:
        """How many live documents satisfy each need, in one question."""
        return held(self.raw(**holding_body(each=needs)), "each") if needs else {}

    def _where(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """The same question goes to the same copies of the shards, whose caches know it."""
        whole = {"allow_partial_search_results": False}
        if "pit" in body:
            return whole
        same = f"q{crc32(repr(body.get('query')).encode())}"
        return whole | {"index": self.index, "preference": same}


def holding_body(**needs: Mapping[str, eq.Query]) -> dict[str, Any]:
    """Asks how many live documents satisfy each need of each group; see `held`."""
    aggs = {name: {"filters": {"filters": dict(group)}} for name, group in needs.items() if group}
    return {"size": 0, "query": eq.silent([eq.LIVE]), "aggs": aggs}


def held(found: Any, group: str) -> dict[str, int]:
    """The answer to `holding_body`."""
    counted = found["aggregations"].get(group, {"buckets": {}})
    return {name: int(bucket["doc_count"]) for name, bucket in counted["buckets"].items()}


def _each(answer: ObjectApiResponse[Any]) -> list[Any]:
    """The answers of several questions. Raises ApiError for the first that has none."""
    for one in answer.body["responses"]:
        if "error" in one:
            meta = replace(answer.meta, status=one["status"])
            raise HTTP_EXCEPTIONS.get(one["status"], ApiError)("search", meta, one)
    return list(answer.body["responses"])
