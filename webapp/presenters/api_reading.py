"""The OpenAPI document for people: its operations by chapter, and what one of them takes and gives.

Pure: reads a document as `webapp.api.openapi` makes it and knows nothing else of the API.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

Values = Mapping[str, Any]
ANY: Final = "any"
_ENDS: Final = (("minLength", "maxLength"), ("minimum", "maximum"), ("minItems", "maxItems"))


@dataclass(frozen=True)
class Entry:
    """An operation in the list. `name` is its operationId."""

    name: str
    method: str
    path: str
    summary: str


@dataclass(frozen=True)
class Chapter:
    code: str
    about: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Field:
    """A parameter, or a member of a body by its path: `texts[].title`. `kind` is JSON Schema in a
    line: `string 1–200`, `"draft" | "published"`, `[object]`."""

    path: str
    kind: str
    required: bool
    about: str = ""


@dataclass(frozen=True)
class Answer:
    status: str
    about: str
    media: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Reading:
    """One operation. `scope`: what a token must hold; "" where none is needed. `leads_to`: names of
    operations that take something of its answer."""

    entry: Entry
    scope: str
    parameters: Mapping[str, tuple[Field, ...]]
    media: str
    body: tuple[Field, ...]
    answers: tuple[Answer, ...]
    leads_to: tuple[str, ...]
    example: str


def chapters(document: Values) -> list[Chapter]:
    """Every operation under its first tag, in the document's order."""
    found: dict[str, list[Entry]] = {tag["name"]: [] for tag in document["tags"]}
    for entry, operation in _operations(document):
        found[operation["tags"][0]].append(entry)
    return [
        Chapter(tag["name"], tag["description"], tuple(found[tag["name"]]))
        for tag in document["tags"]
        if found[tag["name"]]
    ]


def reading(document: Values, name: str) -> Reading | None:
    """None where the document has no operation of that name."""
    for entry, operation in _operations(document):
        if entry.name == name:
            return _reading(document, entry, operation)
    return None


def _operations(document: Values) -> Iterator[tuple[Entry, Values]]:
    for path, methods in document["paths"].items():
        for method, one in methods.items():
            yield Entry(one["operationId"], method.upper(), path, one["summary"]), one


def _reading(document: Values, entry: Entry, operation: Values) -> Reading:
    taken: dict[str, list[Field]] = {}
    for one in operation["parameters"]:
        schema, about = one["schema"], one.get("description", "")
        field = Field(one["name"], kind_of(document, schema), one.get("required", False), about)
        taken.setdefault(one["in"], []).append(field)
    media, body = _content(operation.get("requestBody", {}))
    answers = tuple(_answers(document, operation["responses"]))
    links = (one.get("links", {}) for one in operation["responses"].values())
    return Reading(
        entry,
        operation.get("x-scope", ""),
        {place: tuple(fields) for place, fields in taken.items()},
        media,
        tuple(fields_of(document, body)) if body else (),
        answers,
        tuple(dict.fromkeys(link["operationId"] for group in links for link in group.values())),
        _example(document, entry, operation, body),
    )


def _answers(document: Values, responses: Values) -> Iterator[Answer]:
    for status, answer in responses.items():
        told = _resolved(document, answer)
        media, schema = _content(told)
        shown = status < "300" and schema is not None
        fields = tuple(fields_of(document, schema)) if shown and schema is not None else ()
        yield Answer(status, told["description"], media, fields)


def _content(told: Values) -> tuple[str, Values | None]:
    for media, content in told.get("content", {}).items():
        return media, content.get("schema")
    return "", None


def _resolved(document: Values, schema: Values) -> Values:
    while "$ref" in schema:
        place: Any = document
        for step in schema["$ref"].removeprefix("#/").split("/"):
            place = place[step]
        schema = place
    return schema


def fields_of(
    document: Values, schema: Values, at: str = "", above: frozenset[str] = frozenset()
) -> Iterator[Field]:
    """Every member of an object, those of objects within it after it; what contains itself is
    followed once."""
    for place, part, ref in _objects(document, schema, at):
        if ref in above:
            continue
        required = part.get("required", ())
        for name, member in part["properties"].items():
            path = f"{place}.{name}" if place else name
            about = _resolved(document, member).get("description", "")
            yield Field(path, kind_of(document, member), name in required, about)
            yield from fields_of(document, member, path, above | {ref} if ref else above)


def _objects(document: Values, schema: Values, at: str) -> Iterator[tuple[str, Values, str]]:
    """The objects with members that a value may be or hold, each with its path and its name."""
    found = _resolved(document, schema)
    for choice in found.get("anyOf", ()):
        yield from _objects(document, choice, at)
    if "items" in found:
        yield from _objects(document, found["items"], f"{at}[]")
    if found.get("properties"):
        yield at, found, schema.get("$ref", "")


def kind_of(document: Values, schema: Values) -> str:
    """What a value may be, in one line."""
    found = _resolved(document, schema)
    if "anyOf" in found:
        return " | ".join(dict.fromkeys(kind_of(document, one) for one in found["anyOf"]))
    if "enum" in found:
        return " | ".join(_written(one) for one in found["enum"])
    if "const" in found:
        return _written(found["const"])
    if found.get("type") == "array":
        inner = kind_of(document, found["items"]) if "items" in found else ANY
        return f"[{inner}]{_limits(found)}"
    named = found.get("format") or found.get("type") or ANY
    pattern = f" {found['pattern']}" if "pattern" in found else ""
    return f"{named}{_limits(found)}{pattern}"


def _limits(schema: Values) -> str:
    for least, most in _ENDS:
        if least in schema and most in schema:
            return f" {schema[least]}–{schema[most]}"
        for name, sign in ((least, "≥"), (most, "≤")):
            if name in schema:
                return f" {sign} {schema[name]}"
    return ""


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _example(document: Values, entry: Entry, operation: Values, body: Values | None) -> str:
    """The call as one types it in a shell, with what it cannot do without."""
    address = document["servers"][0]["url"].rstrip("/") + entry.path
    lines = ["curl" if entry.method == "GET" else f"curl -X {entry.method}", f"  '{address}'"]
    if operation.get("x-scope"):
        lines.append("  -H 'Authorization: Bearer qiaoyi_…'")
    needed = (one for one in operation["parameters"] if one.get("required"))
    lines += [f"  -H '{one['name']}: …'" for one in needed if one["in"] == "header"]
    media, _ = _content(operation.get("requestBody", {}))
    if media == "application/json" and body is not None:
        lines.append("  -H 'Content-Type: application/json'")
        lines.append(f"  -d '{json.dumps(_sample(document, body), ensure_ascii=False)}'")
    elif media:
        lines += [f"  -H 'Content-Type: {media}'", "  --data-binary @…"]
    return " \\\n".join(lines)


def _sample(document: Values, schema: Values, above: frozenset[str] = frozenset()) -> Any:
    """A value with the members that may not be missing."""
    found, ref = _resolved(document, schema), schema.get("$ref", "")
    if ref in above:
        return {}
    within = above | {ref} if ref else above
    if "anyOf" in found:
        return _sample(document, found["anyOf"][0], within)
    if "enum" in found or "const" in found:
        return found["enum"][0] if "enum" in found else found["const"]
    if found.get("type") == "array":
        return [_sample(document, found["items"], within)] if found.get("minItems") else []
    if found.get("type") == "object":
        members: Iterable[str] = found.get("required", ())
        return {one: _sample(document, found["properties"][one], within) for one in members}
    plain: dict[Any, Any] = {"integer": found.get("minimum", 0), "number": 0, "boolean": True}
    return plain.get(found.get("type"), "…")
