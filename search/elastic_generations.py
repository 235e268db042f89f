"""Indices of one alias: one is in use, a new one is built beside it and swapped in.

While one is built, it carries the alias `…-next`, and whoever writes, writes to both. A writer
looks which aliases there are *after* it read what it writes; the builder reads the database after
the alias stands. So what a writer did not send to the new index, the builder reads.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final

from elasticsearch import ApiError, BadRequestError, ConflictError, NotFoundError

from search.elastic_client import Connection, Fault
from search.elastic_mapping import layout_of, mappings, settings
from search.errors import IndexBusy, SearchUnavailable

LEASE: Final = 60.0
"""Seconds after which a rebuild that says nothing any more is taken for dead."""


@dataclass(frozen=True, slots=True)
class State:
    """The index in use and why it must be built anew (see port.Health), if it must."""

    index: str
    reason: str


class Generations:
    def __init__(self, connection: Connection) -> None:
        self._connection, self._cluster = connection, connection.cluster
        self.alias = connection.cluster.index
        self.beside = f"{self.alias}-next"
        self._layout = layout_of(connection.cluster)

    def state(self) -> State:
        """Begins with an empty index where there is none."""
        try:
            return self._state()
        except NotFoundError:
            self._begin()
            return self._state()

    def _state(self) -> State:
        found = self._connection.ask(lambda es: es.indices.get_mapping(index=self.alias)).body
        index, described = next(iter(found.items()))
        meta = described["mappings"].get("_meta", {})
        if meta.get("layout") != self._layout:
            return State(index, "schema")
        for name, value in mappings(complete=True, layout=self._layout)["_meta"].items():
            if meta.get(name) != value:
                return State(index, "new" if name == "complete" else name)
        return State(index, "")

    def _begin(self) -> None:
        """Its name is fixed: of two processes that begin at once, one finds the other's."""
        self._create(f"{self.alias}-0", complete=False, alias=self.alias)

    def targets(self) -> list[str]:
        """Aliases to write to at this moment."""
        names = f"{self.alias},{self.beside}"
        try:
            found = self._connection.tell(
                lambda es: es.indices.get_alias(name=names, ignore_unavailable=True)
            ).body
        except NotFoundError as error:
            found = error.body if isinstance(error.body, dict) else {}
        held = {
            alias
            for described in found.values()
            if isinstance(described, dict)
            for alias in described.get("aliases", {})
        }
        if self.alias not in held:
            self._begin()
        return [self.alias, self.beside] if self.beside in held else [self.alias]

    @contextmanager
    def building(self) -> Iterator[Building]:
        """The right to build, and an index to build. Raises IndexBusy."""
        lease = Lease(self._connection, f"{self.alias}-lock")
        lease.take()
        try:
            self._sweep()
            index = f"{self.alias}-{time.time_ns()}"
            self._create(index, complete=True, alias=self.beside, filling=True)
            yield Building(index, lease)
        finally:
            with suppress(ApiError, SearchUnavailable):
                self._sweep()
                lease.give_back()

    def swap(self, index: str) -> None:
        """For every process at once. Fails if somebody else took over the building."""
        es, interval = self._connection, {"refresh_interval": self._cluster.refresh}
        es.tell(lambda es: es.indices.put_settings(index=index, settings=interval))
        es.tell(lambda es: es.indices.refresh(index=index))
        old = self.state().index
        actions: list[dict[str, Any]] = [
            {"remove": {"index": index, "alias": self.beside, "must_exist": True}},
            {"add": {"index": index, "alias": self.alias}},
            {"remove_index": {"index": old}},
        ]
        try:
            es.tell(lambda es: es.indices.update_aliases(actions=actions))
        except ApiError:
            if self.state().index != index:  # else it was done, and only the answer was lost
                raise

    def _create(self, index: str, *, complete: bool, alias: str, filling: bool = False) -> None:
        made = settings(self._cluster)
        if filling:
            made["refresh_interval"] = "-1"
        try:
            self._connection.tell(
                lambda es: es.indices.create(
                    index=index,
                    settings=made,
                    mappings=mappings(complete=complete, layout=self._layout),
                    aliases={alias: {}},
                )
            )
        except BadRequestError as error:
            if error.error != "resource_already_exists_exception":
                raise SearchUnavailable from Fault(f"{index} cannot be made: {error}"[:300])

    def _sweep(self) -> None:
        """What a builder that died, or failed, has left; never the index in use."""
        try:
            left = self._connection.tell(lambda es: es.indices.get_alias(name=self.beside)).body
        except NotFoundError:
            return
        if left:
            self._connection.tell(lambda es: es.indices.delete(index=list(left)))


@dataclass(frozen=True, slots=True)
class Building:
    index: str
    lease: Lease


class Lease:
    """One builder at a time, in whatever process: a document that says until when.

    Each writing of it names the one before, so that whoever lost it finds out.
    """

    def __init__(self, connection: Connection, index: str) -> None:
        self._connection, self._index = connection, index
        self._seen: dict[str, Any] = {}
        self._renewed = 0.0

    def take(self) -> None:
        """Raises IndexBusy."""
        try:
            found = self._connection.tell(lambda es: es.get(index=self._index, id="rebuild")).body
        except NotFoundError:
            self._put({"op_type": "create"})
            return
        if found["_source"]["until"] > time.time():
            raise IndexBusy("rebuild")
        self._put(_same(found))

    def keep(self) -> None:
        """Called now and then while building. Raises IndexBusy if somebody else took over."""
        if time.monotonic() - self._renewed > LEASE / 6:
            self._put(self._seen)

    def give_back(self) -> None:
        self._connection.tell(lambda es: es.delete(index=self._index, id="rebuild", **self._seen))

    def _put(self, how: dict[str, Any]) -> None:
        until = {"until": time.time() + LEASE}
        try:
            held = self._connection.tell(
                lambda es: es.index(index=self._index, id="rebuild", document=until, **how)
            )
        except ConflictError:
            raise IndexBusy("rebuild") from None
        self._seen, self._renewed = _same(held.body), time.monotonic()


def _same(held: Any) -> dict[str, int]:
    return {"if_seq_no": held["_seq_no"], "if_primary_term": held["_primary_term"]}
