"""In how many documents a token is, and what that makes it worth."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping

Counts = Callable[[Mapping[str, Collection[str]]], Mapping[tuple[str, str], int]]
"""Tokens by field -> in how many documents each (field, token) is. Engines answer it, all fields in
one round trip, and may remember."""


def rarity(number: int, total: int) -> float:
    """The weight that BM25 gives to a token that is in so many of all documents."""
    number = min(number, total)
    return math.log(1 + (total - number + 0.5) / (number + 0.5))
