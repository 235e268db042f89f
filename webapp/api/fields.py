"""Which fields an answer holds for whom: a table per thing, and nothing passes beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Shape(Generic[M]):
    """`of`: relation to the thing -> the fields that it may see."""

    model: type[M]
    of: Mapping[str, frozenset[str]]

    def show(self, relation: str, values: Mapping[str, Any]) -> M:
        """The answer for one relation: of `values`, what the table lists for it.

        Raises LookupError for a value that no relation may see: a serialiser that reads a new
        column must say for whom.
        """
        known = frozenset().union(*self.of.values())
        if stray := set(values) - known:
            raise LookupError(f"{self.model.__name__}: nobody may see {sorted(stray)}")
        seen = self.of[relation]
        return self.model(**{name: value for name, value in values.items() if name in seen})


def words(text: str) -> frozenset[str]:
    """Field names, written as a line of words."""
    return frozenset(text.split())
