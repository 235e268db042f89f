"""Puts the declared operations behind their addresses: door, checks, run, answer, always so."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Final

from flask import Blueprint, Flask, Response, request
from flask_wtf.csrf import CSRFProtect
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import RequestEntityTooLarge

from core.errors import Invalid, NotFound, Problem
from core.i18n import N_
from core.ids import parse, ref
from webapp.access import TOKEN, access
from webapp.api import door, problems
from webapp.api.calling import Call, Reply
from webapp.api.declaring import ITEMS, KINDS, NUMBERED, PREFIX, TABLE, Operation
from webapp.api.errors import NotJson, NotOctets
from webapp.api.messages import invalid
from webapp.api.operations import ALL
from webapp.downloads import OCTETS
from webapp.language import page_language
from webapp.runtime import the_market

_REPEATED: Final = N_("Send this parameter once.")
LARGEST_BODY: Final = 1024 * 1024
"""Octets of a body: a listing with everything takes a tenth of it."""


def blueprint() -> Blueprint:
    """Every operation of the table, under the version's prefix."""
    made = Blueprint("api", "webapp.api", url_prefix=PREFIX)
    for operation in TABLE:
        path = operation.path
        for parameter in operation.parameters:
            kind = "int" if parameter in NUMBERED else "string"
            path = path.replace(f"{{{parameter}}}", f"<{kind}:{parameter}>")
        made.add_url_rule(
            path, operation.name, _view(operation), methods=[operation.method],
            provide_automatic_options=False,
        )  # fmt: skip
    made.after_request(door.say_rate)
    return made


def install(app: Flask, csrf: CSRFProtect) -> None:
    """Tokens are no cookies: a form guard has nothing to guard here."""
    if not ALL:
        raise LookupError("no operations were declared")
    made = blueprint()
    csrf.exempt(made)
    app.register_blueprint(made)


def _view(operation: Operation) -> Callable[..., Response]:
    @access(TOKEN, of=operation.about)
    def view(**places: Any) -> Response:
        problems.speak()
        caller = door.enter(operation)
        with _file(operation) as sent:
            call = Call(
                the_market(),
                caller.actor,
                _places(places),
                body=_body(operation.body),
                query=_query(operation.query),
                file=sent,
                key=door.idempotency_key() if operation.keyed else "",
                version=door.expected_version() if operation.guarded else 0,
                token=caller.token,
                scope=operation.scope,
            )
            return _answer(operation, operation.run(call))

    return view


def _places(places: dict[str, Any]) -> dict[str, Any]:
    """Shown identifiers become ids; an `item` may be of two kinds and becomes a ref."""
    found: dict[str, Any] = {}
    for name, shown in places.items():
        kinds = ITEMS if name == "item" else {name}
        if name not in KINDS and name != "item":
            found[name] = shown
            continue
        read = parse(shown)
        if read is None or read[0] not in kinds:
            raise NotFound(ref=shown)
        found[name] = ref(*read) if name == "item" else read[1]
    return found


def _body(model: type[BaseModel] | None) -> BaseModel | None:
    """Raises Invalid, NotJson."""
    if model is None:
        return None
    if request.mimetype != "application/json":
        raise NotJson
    if (request.content_length or 0) > LARGEST_BODY:
        raise RequestEntityTooLarge
    request.max_content_length = LARGEST_BODY
    try:
        return model.model_validate_json(request.get_data(cache=False), strict=True)
    except ValidationError as error:
        raise invalid(error) from None


@contextmanager
def _file(operation: Operation) -> Iterator[IO[bytes] | None]:
    """The octets of the body, on disk where they are many. Raises NotOctets."""
    if not operation.takes_file:
        yield None
        return
    if request.mimetype != OCTETS:
        raise NotOctets
    limit = the_market().settings.max_upload
    if (request.content_length or 0) > limit:
        raise RequestEntityTooLarge
    request.max_content_length = limit
    with SpooledTemporaryFile(max_size=LARGEST_BODY) as sent:
        shutil.copyfileobj(request.stream, sent)
        sent.seek(0)
        yield sent


def _query(model: type[BaseModel] | None) -> BaseModel | None:
    """A parameter given twice is a list where the model has one, else refused. Raises Invalid."""
    if model is None:
        return None
    sent: dict[str, Any] = {}
    for name, values in request.args.lists():
        listed = name in model.model_fields and "tuple" in str(model.model_fields[name].annotation)
        if len(values) > 1 and not listed:
            raise Invalid({name: [Problem("repeated", _REPEATED)]})
        sent[name] = tuple(values) if listed else values[0]
    try:
        return model.model_validate(sent)
    except ValidationError as error:
        raise invalid(error) from None


def _answer(operation: Operation, reply: Reply) -> Response:
    if reply.stream is not None:
        made = Response(reply.stream, status=operation.status, mimetype=operation.streams)
    elif reply.body is None:
        made = Response(status=204)
    else:
        text = reply.body.model_dump_json(exclude_unset=True)
        made = Response(text, status=operation.status, mimetype="application/json")
    if reply.version is not None:
        made.headers["ETag"] = f'"{reply.version}"'
    made.headers.update(reply.headers)
    made.headers["Content-Language"] = page_language()
    made.headers["Cache-Control"] = "no-store"
    made.vary.update(("Accept-Language", "Authorization"))
    return made
