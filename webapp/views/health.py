"""For whoever watches the machine: alive means the process, ready means the database and schema."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from webapp.health import readiness
from webapp.runtime import the_market

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> ResponseReturnValue:
    return jsonify(status="alive")


@blueprint.get("/readyz")
def ready() -> ResponseReturnValue:
    state = readiness(the_market())
    return jsonify(state), 200 if state["ready"] else 503
