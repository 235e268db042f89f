"""The texts that a request's body may hold, as the API's own document lists them."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

Way = tuple[str | int, ...]
"""Keys and positions that lead to a value of a body."""
_BOUND: Final = ("pattern", "enum", "const", "format")


@dataclass(frozen=True)
class Property:
    """`schema` bounds it: `free` is one in which anything may be written."""

    way: Way
    schema: dict[str, Any]

    @property
    def name(self) -> str:
        """As a problem names it: `texts.0.title`."""
        return ".".join(str(part) for part in self.way)

    @property
    def free(self) -> bool:
        return not any(bound in self.schema for bound in _BOUND)


class Document:
    """The OpenAPI document, read by the names of its operations."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._parts = document["components"]["schemas"]
        self._bodies = {
            operation["operationId"]: operation["requestBody"]["content"]["application/json"]
            for path in document["paths"].values()
            for operation in path.values()
            if isinstance(operation, dict)
            and "application/json" in operation.get("requestBody", {}).get("content", {})
        }

    @property
    def operations(self) -> list[str]:
        """Those that take JSON."""
        return list(self._bodies)

    def properties(self, operation: str) -> list[Property]:
        """Every text; of a list its first entry, of a table of names the first that is allowed."""
        return list(self._texts(self._bodies[operation]["schema"], ()))

    def _texts(self, schema: dict[str, Any], way: Way) -> Iterator[Property]:
        if "$ref" in schema:
            schema = self._parts[schema["$ref"].rsplit("/", 1)[-1]]
        for one in schema.get("anyOf", ()):
            yield from self._texts(one, way)
        kind = schema.get("type")
        if kind == "string":
            yield Property(way, schema)
        elif kind == "array":
            yield from self._texts(schema["items"], (*way, 0))
        elif kind == "object":
            for name, one in schema.get("properties", {}).items():
                yield from self._texts(one, (*way, name))
            if isinstance(schema.get("additionalProperties"), dict):
                yield from self._texts(schema["additionalProperties"], (*way, self._key(schema)))

    def _key(self, schema: dict[str, Any]) -> str:
        named = schema["propertyNames"]
        if "$ref" in named:
            named = self._parts[named["$ref"].rsplit("/", 1)[-1]]
        return str(named["enum"][0])


def value_at(body: Any, way: Way) -> Any:
    """None where there is nothing."""
    for part in way:
        if isinstance(part, int):
            body = body[part] if isinstance(body, list) and part < len(body) else None
        else:
            body = body.get(part) if isinstance(body, dict) else None
    return body


def with_values(body: dict[str, Any], values: dict[Way, str]) -> dict[str, Any]:
    """A copy in which these stand; what leads to them is made."""
    made = copy.deepcopy(body)
    for way, value in values.items():
        place: Any = made
        for part, then in pairwise(way):
            empty: Any = [] if isinstance(then, int) else {}
            place = _entered(place, part, empty)
        _put(place, way[-1], value)
    return made


def _entered(place: Any, part: str | int, empty: Any) -> Any:
    if isinstance(place, list):
        if not place:
            place.append(empty)
        return place[0]
    if place.get(part) is None:
        place[part] = empty
    return place[part]


def _put(place: Any, part: str | int, value: str) -> None:
    if isinstance(place, list):
        place[:1] = [value]
    else:
        place[part] = value
