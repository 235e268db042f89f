"""The API's document for programs, and the same for people who read it."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template

from core.errors import NotFound
from webapp.access import PUBLIC, access
from webapp.api.openapi import document
from webapp.presenters.api_reading import chapters, reading

blueprint = Blueprint("api_pages", __name__, url_prefix="/api")


@blueprint.get("/openapi.json")
@access(PUBLIC)
def openapi() -> Response:
    answer = jsonify(document())
    answer.cache_control.max_age = 300
    return answer


@blueprint.get("/docs")
@access(PUBLIC)
def docs() -> str:
    return render_template("public/api_docs.html", chapters=chapters(document()))


@blueprint.get("/docs/<name>")
@access(PUBLIC, of="operation")
def operation(name: str) -> str:
    """What one operation takes and gives. Raises NotFound."""
    found = reading(document(), name)
    if found is None:
        raise NotFound(ref=name)
    return render_template("public/api_operation.html", one=found, entry=found.entry)
