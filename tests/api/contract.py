"""Every answer a test gets is held against the published document: status, type, headers, body."""

from __future__ import annotations

import re

import jsonschema
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

WHOLE = "urn:document"


class Contract:
    """The document of one app."""

    def __init__(self, document: dict) -> None:
        self.document = document
        resource = Resource.from_contents(document, default_specification=DRAFT202012)
        self.registry = Registry().with_resource(WHOLE, resource)
        self.places = [
            (method, re.compile(re.sub(r"\{\w+\}", "[^/]+", path) + "$"), operation)
            for path, methods in document["paths"].items()
            for method, operation in methods.items()
        ]
        self.seen: set[tuple[str, int]] = set()

    def operation(self, method: str, path: str) -> dict | None:
        """The operation at an address, the most literal one first."""
        fits = [
            (pattern.pattern.count("[^/]+"), operation)
            for named, pattern, operation in self.places
            if named == method.lower() and pattern.fullmatch(path)
        ]
        return min(fits, key=lambda one: one[0])[1] if fits else None

    def check(self, method: str, path: str, answer) -> None:
        """Raises AssertionError for an answer that the document does not announce."""
        operation = self.operation(method, path)
        if operation is None:
            assert answer.status_code in (404, 405), (method, path, answer.status_code)
            return
        name, status = operation["operationId"], str(answer.status_code)
        assert status in operation["responses"], f"{name} answers {status}: {answer.text[:300]}"
        said = operation["responses"][status]
        if "$ref" in said:
            said = self.document["components"]["responses"][said["$ref"].rsplit("/", 1)[-1]]
        for header in said.get("headers", {}):
            if header != "ETag":
                assert header in answer.headers, f"{name} lacks {header}"
        if "content" in said:
            assert answer.mimetype in said["content"], f"{name} answers {answer.mimetype}"
            if answer.is_json:
                self._fits(said["content"][answer.mimetype]["schema"], answer.get_json())
        self.seen.add((name, answer.status_code))

    def _fits(self, schema: dict, body: object) -> None:
        if "$ref" in schema:
            schema = {"$ref": WHOLE + schema["$ref"]}
        jsonschema.Draft202012Validator(schema, registry=self.registry).validate(body)
