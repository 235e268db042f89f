"""For whoever watches the machine: alive means the process, ready means the database and schema."""

from __future__ import annotations

from hmac import compare_digest
from ipaddress import ip_address

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from core.errors import NotFound
from webapp.access import PUBLIC, access
from webapp.health import readiness
from webapp.metrics import exposition
from webapp.runtime import the_market

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@access(PUBLIC)
def alive() -> ResponseReturnValue:
    return jsonify(status="alive")


@blueprint.get("/readyz")
@access(PUBLIC)
def ready() -> ResponseReturnValue:
    """Why search is down names machines, and is for `flask doctor` only."""
    state = readiness(the_market())
    state.pop("search_problem", None)
    return jsonify(state), 200 if state["ready"] else 503


@blueprint.get("/metrics")
@access(PUBLIC)
def metrics() -> ResponseReturnValue:
    """For this machine, or whoever has the token; for anybody else there is no such page."""
    if not _may_watch():
        raise NotFound
    return Response(exposition(the_market()), mimetype="text/plain; version=0.0.4")


def _may_watch() -> bool:
    token = the_market().settings.metrics_token
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token:
        return compare_digest(sent.encode(), token.encode())
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
