"""The OpenAPI document, read for people."""

from __future__ import annotations

import pytest

from tests.webapp.clients import app, client
from webapp.api.declaring import TABLE
from webapp.presenters.api_reading import Field, chapters, fields_of, kind_of, reading

__all__ = ["app", "client"]
DOCUMENT = {
    "servers": [{"url": "https://market.example/"}],
    "tags": [{"name": "things", "description": "Things"}, {"name": "none", "description": "None"}],
    "paths": {
        "/api/v1/things/{thing}": {
            "put": {
                "operationId": "changeThing", "summary": "Change it", "tags": ["things"],
                "x-scope": "write:things",
                "parameters": [
                    {"name": "thing", "in": "path", "required": True, "schema": {"type": "string"}},
                    {"name": "If-Match", "in": "header", "required": True,
                     "schema": {"type": "string"}, "description": "The ETag"},
                    {"name": "limit", "in": "query",
                     "schema": {"type": "integer", "minimum": 1, "maximum": 200}},
                ],
                "requestBody": {
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/T"}}}
                },
                "responses": {
                    "200": {
                        "description": "Done",
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/T"}}
                        },
                        "links": {"a": {"operationId": "changeThing"}},
                    },
                    "404": {"$ref": "#/components/responses/404"},
                },
            }
        }
    },
    "components": {
        "responses": {"404": {"description": "Not there", "content": {"application/problem+json": {
            "schema": {"type": "object", "properties": {"code": {"type": "string"}}}}}}},
        "schemas": {
            "T": {
                "type": "object", "required": ["name", "state", "days"],
                "properties": {
                    "name": {"type": "string", "minLength": 1, "maxLength": 9, "description": "As"},
                    "state": {"enum": ["draft", "open"]},
                    "days": {"type": "integer", "minimum": 3},
                    "parts": {"type": "array", "maxItems": 2,
                              "items": {"$ref": "#/components/schemas/T"}},
                    "other": {"anyOf": [{"$ref": "#/components/schemas/P"}, {"type": "null"}]},
                },
            },
            "P": {"type": "object", "properties": {"on": {"type": "string", "format": "date"}}},
        },
    },
}  # fmt: skip


def test_what_an_operation_takes_and_gives():
    found = reading(DOCUMENT, "changeThing")
    assert found is not None
    assert (found.scope, found.media) == ("write:things", "application/json")
    assert list(found.parameters) == ["path", "header", "query"]
    assert found.parameters["query"] == (Field("limit", "integer 1–200", False),)
    assert [field.path for field in found.body] == [
        "name", "state", "days", "parts", "other", "other.on"
    ]  # fmt: skip
    assert found.body[0] == Field("name", "string 1–9", True, "As")
    assert found.body[3].kind == "[object] ≤ 2"
    assert [(answer.status, len(answer.fields)) for answer in found.answers] == [
        ("200", 6), ("404", 0)
    ]  # fmt: skip
    assert found.leads_to == ("changeThing",)
    assert found.example == (
        "curl -X PUT \\\n  'https://market.example/api/v1/things/{thing}' \\\n"
        "  -H 'Authorization: Bearer qiaoyi_…' \\\n  -H 'If-Match: …' \\\n"
        "  -H 'Content-Type: application/json' \\\n"
        """  -d '{"name": "…", "state": "draft", "days": 3}'"""
    )


def test_an_unknown_name_and_an_empty_chapter():
    assert reading(DOCUMENT, "changeThin") is None
    assert [(one.code, len(one.entries)) for one in chapters(DOCUMENT)] == [("things", 1)]


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({}, "any"),
        ({"const": "on"}, '"on"'),
        ({"type": "array"}, "[any]"),
        ({"type": "string", "format": "date-time"}, "date-time"),
        ({"type": "string", "pattern": "^a$"}, "string ^a$"),
        ({"type": "number", "maximum": 2}, "number ≤ 2"),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}]}, "integer | null"),
        ({"anyOf": [{"type": "string"}, {"type": "string"}]}, "string"),
    ],
)
def test_kinds_in_a_line(schema, said):
    assert kind_of(DOCUMENT, schema) == said
    assert list(fields_of(DOCUMENT, schema)) == []


def test_every_operation_has_its_page(client):
    for prefix in ("", "/en"):
        page = client.get(f"{prefix}/api/docs").text
        for name in TABLE.by_name:
            assert f'href="{prefix}/api/docs/{name}"' in page
            assert client.get(f"{prefix}/api/docs/{name}").status_code == 200
    assert client.get("/api/docs/noSuchOperation").status_code == 404
