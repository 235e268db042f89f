"""Browsers tell here what the policy of content kept them from: a line in the log, nothing kept.

What they send is anybody's word, so that little of it is believed: which directive, and which host
was blocked.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final
from urllib.parse import urlsplit

import structlog
from flask import Blueprint, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from accounts.limits import count_request, fingerprint
from webapp.access import PUBLIC, access
from webapp.runtime import the_market

log = structlog.get_logger()
blueprint = Blueprint("policy_reports", __name__)
_MOST: Final = 8192
"""Octets of a report."""
_A_MINUTE: Final = 20
"""Reports of one address that are looked at."""
_WORD: Final = re.compile(r"[a-z][a-z-]{0,40}")
_HOST: Final = re.compile(r"[a-z0-9.:-]{1,200}")


@blueprint.post("/policy-reports")
@access(PUBLIC)
def take() -> ResponseReturnValue:
    body = request.get_data(cache=False) if (request.content_length or 0) <= _MOST else b""
    source = f"policy:{fingerprint(request.remote_addr or '')}"
    told = None if count_request(the_market().database, source, _A_MINUTE).exceeded else _read(body)
    if told is not None:
        log.warning("policy kept something out", directive=told[0], blocked=told[1])
    return "", 204


def _read(body: bytes) -> tuple[str, str] | None:
    """(directive, what was blocked), or None for what is no report."""
    try:
        said: Any = json.loads(body)["csp-report"]
        directive = str(said.get("effective-directive") or said["violated-directive"])
        blocked = str(said.get("blocked-uri", ""))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return (directive, _source(blocked)) if _WORD.fullmatch(directive) else None


def _source(blocked: str) -> str:
    """`inline`, `eval`, a scheme or a host; nothing else of what was sent reaches the log."""
    try:
        parts = urlsplit(blocked)
        host = parts.hostname or ""
    except ValueError:
        return ""
    found = host or parts.scheme or blocked
    return found if _HOST.fullmatch(found) else ""


@blueprint.record_once
def _without_form_token(state: BlueprintSetupState) -> None:
    """A browser reports by itself, with no form of ours."""
    state.app.extensions["csrf"].exempt(take)
