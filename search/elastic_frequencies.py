"""In how many documents a token is, as one shard knows it: enough to weigh words by."""

from __future__ import annotations

import time
from collections.abc import Collection
from typing import Any, Final

from search.elastic_client import Connection

REMEMBERED: Final = 60.0
"""Seconds for which a count is good enough."""
MOST: Final = 50_000


class Frequencies:
    """Asked for a token the first time, remembered for a while."""

    def __init__(self, connection: Connection, index: str) -> None:
        self._connection, self._index = connection, index
        self._known: dict[tuple[str, str], int] = {}
        self._forget_at = 0.0
        self._total = 0

    @property
    def total(self) -> int:
        """Documents with text, at least 2."""
        if not self._total or time.monotonic() > self._forget_at:
            self.of("words", ["a"])
        return max(2, self._total)

    def of(self, field: str, tokens: Collection[str]) -> dict[str, int]:
        """See bridge.Frequencies."""
        if time.monotonic() > self._forget_at or len(self._known) > MOST:
            self._known = {}
            self._forget_at = time.monotonic() + REMEMBERED
        known = self._known
        unknown = [token for token in tokens if (field, token) not in known]
        if unknown:
            counted = self._asked(field, unknown)
            known.update({(field, token): counted.get(token, 0) for token in unknown})
        return {token: known.get((field, token), 0) for token in tokens}

    def _asked(self, field: str, tokens: Collection[str]) -> dict[str, int]:
        """The server takes the tokens for a document, and says what it knows of each."""
        found: Any = (
            self._connection.ask(
                lambda es: es.termvectors(
                    index=self._index,
                    doc={field: " ".join(tokens)},
                    fields=[field],
                    term_statistics=True,
                    field_statistics=True,
                    positions=False,
                    offsets=False,
                    payloads=False,
                )
            )
            .body["term_vectors"]
            .get(field)
        )
        if not found:
            return {}
        if field == "words":
            self._total = int(found["field_statistics"]["doc_count"])
        return {token: int(of.get("doc_freq", 0)) for token, of in found["terms"].items()}
