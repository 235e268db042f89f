"""In how many documents a token is, as one shard knows it: enough to weigh words by."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Collection, Mapping
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
            self.among({"words": ["a"]})
        return max(2, self._total)

    def among(self, wanted: Mapping[str, Collection[str]]) -> dict[tuple[str, str], int]:
        """See counts.Counts."""
        if time.monotonic() > self._forget_at or len(self._known) > MOST:
            self._known = {}
            self._forget_at = time.monotonic() + REMEMBERED
        known = self._known
        every = [(field, token) for field, tokens in wanted.items() for token in tokens]
        unknown: defaultdict[str, list[str]] = defaultdict(list)
        for field, token in every:
            if (field, token) not in known:
                unknown[field].append(token)
        if unknown:
            counted = self._asked(unknown)
            for field, tokens in unknown.items():
                known.update({(field, token): counted.get((field, token), 0) for token in tokens})
        return {term: known.get(term, 0) for term in every}

    def _asked(self, wanted: Mapping[str, Collection[str]]) -> dict[tuple[str, str], int]:
        """The server takes the tokens for a document, and says what it knows of each."""
        answer = self._connection.ask(
            lambda es: es.termvectors(
                index=self._index,
                doc={field: " ".join(tokens) for field, tokens in wanted.items()},
                fields=list(wanted),
                term_statistics=True,
                field_statistics=True,
                positions=False,
                offsets=False,
                payloads=False,
            )
        )
        found: Any = answer.body["term_vectors"]
        if "words" in found:
            self._total = int(found["words"]["field_statistics"]["doc_count"])
        return {
            (field, token): int(of.get("doc_freq", 0))
            for field, every in found.items()
            for token, of in every["terms"].items()
        }
