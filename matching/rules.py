"""How a question is kept, and how many. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from search.queries import SearchRequest

MOST: Final = 50
"""Saved searches of one person."""
LONGEST_NAME: Final = 80
LONGEST_ADDRESS: Final = 4_000


def packed(asked: SearchRequest) -> dict[str, Any]:
    """What of a request decides which documents it finds; order, page and counts do not."""
    return {
        "text": asked.text,
        "filters": {name: list(values) for name, values in asked.filters.items()},
        "ranges": {name: list(bounds) for name, bounds in asked.ranges.items()},
        "kinds": list(asked.kinds),
        "language": asked.language,
        "bridge": asked.bridge,
    }


def unpacked(question: Mapping[str, Any], most: int) -> SearchRequest:
    """The request again, for at most `most` hits. All words must match, however many they are:
    a person is told of what fits, not of what shares a word."""
    return SearchRequest(
        text=question["text"],
        filters={name: tuple(values) for name, values in question["filters"].items()},
        ranges={name: (low, high) for name, (low, high) in question["ranges"].items()},
        kinds=tuple(question["kinds"]),
        language=question["language"],
        bridge=question.get("bridge", True),
        match="all",
        size=most,
        facets=(),
        snippets=False,
    )


def narrow(asked: SearchRequest) -> bool:
    """Whether it asks for anything: everything that is published is a feed, not a search."""
    return bool(asked.text.strip() or asked.filters or asked.ranges)
