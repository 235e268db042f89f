"""Tables of lives: which state an act leads to, in every area alike."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from core.errors import Refused

S = TypeVar("S", bound=StrEnum)
A = TypeVar("A", bound=StrEnum)


def target(table: Mapping[tuple[S, A], S], state: str, act: A, moved_on: Refused) -> S:
    """The state that the table names. Raises `moved_on` where it has no row."""
    for (source, taken), found in table.items():
        if source == state and taken == act:
            return found
    raise moved_on
