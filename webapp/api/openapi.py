"""The OpenAPI 3.1 document, made from the table of operations that the door itself obeys."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, models_json_schema

from accounts.scopes import Scope
from core.i18n import N_
from webapp.api.declaring import PARAMETERS, PREFIX, TABLE, Link, Operation
from webapp.api.problems import MEDIA_TYPE, TITLES
from webapp.api.schemas.common import ProblemOut
from webapp.downloads import OCTETS
from webapp.forms.tokens import scope_name
from webapp.language import page_language, plain
from webapp.presenters.showing import market

VERSION: Final = "1.0"
_ABOUT: Final = N_(
    "What pages of this market can do, for programs. Send an access token as “Authorization: "
    "Bearer …”; make one on your account's page. Every POST carries an Idempotency-Key; changes "
    "name the version they change with If-Match; lists go on with their cursor. Answers, refusals "
    "included, come in the language of Accept-Language: zh or en."
)
_KEY: Final = N_("8 to 64 letters, digits, hyphens or underscores; a repeated key is done once")
_MATCH: Final = N_("The ETag of the version that you changed")
_LANGUAGE: Final = N_("zh or en; the market's own language where neither is asked for")
_DONE: Final = N_("Done")
_TAGS: Final = {
    "listings": N_("Results, patents, know-how and packages"),
    "needs": N_("What firms look for"),
    "search": N_("Search with facets"),
    "organisations": N_("Institutes, firms, brokerages, providers"),
    "inquiries": N_("Questions to an institute and its answers"),
    "deals": N_("Negotiated deals: offers, acceptance, notice"),
    "postings": N_("Published terms: posted, withdrawn, accepted as they stand"),
    "rounds": N_("Open listings: registration, sealed quotes, opening"),
    "decisions": N_("The institution's decision, and who comes first"),
    "notices": N_("Public notices: read, objected to, shown to hang in the unit"),
    "money": N_("What your side owes and is owed"),
    "personal": N_("Your own messages and saved items"),
    "feeds": N_("What changed, and everything at once"),
}


def document() -> dict[str, Any]:
    """The whole API, in the page's language. To be read only: it is made once for each language."""
    return _made(page_language(), market().name("en"), market().base_url)


@lru_cache(maxsize=8)
def _made(_language: str, name: str, address: str) -> dict[str, Any]:
    """Nothing in it changes while the process lives, and making it takes most of a second."""
    references, schemas = _schemas()
    paths: dict[str, dict[str, Any]] = {}
    for operation in TABLE:
        place = paths.setdefault(PREFIX + operation.path, {})
        place[operation.method.lower()] = _operation(operation, references)
    scopes = "\n".join(f"- `{scope}`: {scope_name(scope)}" for scope in Scope)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{name} API",
            "version": VERSION,
            "description": plain(_ABOUT) + "\n\n" + scopes,
        },
        "servers": [{"url": address}],
        "tags": [{"name": name, "description": plain(text)} for name, text in _TAGS.items()],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "responses": {str(status): _problem(status) for status in TITLES},
        },
    }


class _Schema(GenerateJsonSchema):
    """JSON Schema as pydantic writes it, without the titles that only repeat names."""

    def field_title_should_be_set(self, _schema: Any) -> bool:
        return False


Key = tuple[type[BaseModel], JsonSchemaMode]
Reference = dict[Key, dict[str, Any]]


def _schemas() -> tuple[Reference, dict[str, Any]]:
    wanted: dict[tuple[type[BaseModel], JsonSchemaMode], None] = {
        (ProblemOut, "serialization"): None
    }
    for operation in TABLE:
        if operation.body is not None:
            wanted[operation.body, "validation"] = None
        if operation.answer is not None:
            wanted[operation.answer, "serialization"] = None
    template = "#/components/schemas/{model}"
    found, whole = models_json_schema(list(wanted), ref_template=template, schema_generator=_Schema)
    schemas: dict[str, Any] = whole["$defs"]
    for schema in schemas.values():
        schema.pop("title", None)
        schema.pop("description", None)
    return found, schemas  # type: ignore[return-value]


def _operation(operation: Operation, references: Reference) -> dict[str, Any]:
    found: dict[str, Any] = {
        "operationId": operation.name,
        "summary": plain(operation.summary),
        "tags": [operation.tag],
        "parameters": list(_parameters(operation)),
        "security": _security(operation),
        "responses": {
            **_success(operation, references),
            **{
                str(status): {"$ref": f"#/components/responses/{status}"}
                for status in operation.statuses
            },
        },
    }
    if operation.scope is not None:
        found["x-scope"] = str(operation.scope)
        found["description"] = f"`{operation.scope}`"
    if operation.body is not None:
        schema = references[operation.body, "validation"]
        found["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": schema}},
        }
    if operation.takes_file:
        octets = {"type": "string", "format": "binary", "minLength": 1}
        found["requestBody"] = {"required": True, "content": {OCTETS: {"schema": octets}}}
    return found


def _success(operation: Operation, references: Reference) -> dict[str, Any]:
    """Nothing for what only people do."""
    if operation.by_hand:
        return {}
    status = operation.status if operation.answer or operation.streams else 204
    return {str(status): _done(operation, references)}


def _security(operation: Operation) -> list[dict[str, list[str]]]:
    return [{"token": []}] if operation.scope is not None else [{}, {"token": []}]


def _parameters(operation: Operation) -> Iterable[dict[str, Any]]:
    for name in operation.parameters:
        yield {"name": name, "in": "path", "required": True, "schema": PARAMETERS[name]}
    if operation.query is not None:
        whole = operation.query.model_json_schema(mode="validation", schema_generator=_Schema)
        defined = whole.get("$defs", {})
        for name, schema in whole["properties"].items():
            yield {
                "name": name,
                "in": "query",
                "required": name in whole.get("required", ()),
                "schema": _inline(_without_null(schema), defined),
            }
    if operation.keyed:
        form = {"type": "string", "pattern": "^[A-Za-z0-9_-]{8,64}$"}
        yield _header("Idempotency-Key", _KEY, form, required=True)
    if operation.guarded:
        form = {"type": "string", "pattern": '^"[0-9]{1,9}"$'}
        yield _header("If-Match", _MATCH, form, required=True)
    yield _header("Accept-Language", _LANGUAGE, {"type": "string"})


def _header(
    name: str, text: str, schema: dict[str, Any], *, required: bool = False
) -> dict[str, Any]:
    described = {"description": plain(text), "schema": schema}
    return {"name": name, "in": "header", "required": required, **described}


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A query parameter is left out, never null."""
    choices = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    if len(choices) != 1:
        return schema
    return choices[0]  # type: ignore[no-any-return]


def _inline(schema: Any, defined: dict[str, Any]) -> Any:
    """References resolved in place: a parameter's schema stands alone."""
    if isinstance(schema, dict):
        if "$ref" in schema:
            return _inline(defined[schema["$ref"].rsplit("/", 1)[-1]], defined)
        kept = {name: value for name, value in schema.items() if name not in {"title", "default"}}
        return {name: _inline(value, defined) for name, value in kept.items()}
    return [_inline(one, defined) for one in schema] if isinstance(schema, list) else schema


def _done(operation: Operation, references: Reference) -> dict[str, Any]:
    found: dict[str, Any] = {"description": plain(_DONE), "headers": _headers(operation)}
    if operation.streams:
        found["content"] = {operation.streams: {"schema": {"type": "string"}}}
    elif operation.answer is not None:
        schema = references[operation.answer, "serialization"]
        found["content"] = {"application/json": {"schema": schema}}
    if operation.links:
        found["links"] = {link.name: _link(link) for link in operation.links}
    return found


def _headers(operation: Operation) -> dict[str, Any]:
    text = {"schema": {"type": "string"}}
    found = {"RateLimit": text, "RateLimit-Policy": text, "Content-Language": text}
    return found | ({"ETag": text} if operation.tagged else {})


def _link(link: Link) -> dict[str, Any]:
    given = {link.parameter: f"$response.body#{link.pointer}"}
    if link.tagged:
        given["header.If-Match"] = "$response.header.ETag"
    return {"operationId": link.name, "parameters": given}


def _problem(status: int) -> dict[str, Any]:
    reference = {"$ref": "#/components/schemas/ProblemOut"}
    return {
        "description": plain(TITLES[status]),
        "content": {MEDIA_TYPE: {"schema": reference}},
    }
