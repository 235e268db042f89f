"""The API's document for programs, and the same for people who read it."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template

from webapp.access import PUBLIC, access
from webapp.api.openapi import document

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
    """The vendored reader of OpenAPI documents keeps to the policy of every other page."""
    return render_template("public/api_docs.html")
