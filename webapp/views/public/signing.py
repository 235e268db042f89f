"""The signing service calls when something changed: a nudge, signed with the shared secret."""

from __future__ import annotations

import json
from typing import Final

from flask import Blueprint, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from core.errors import NotFound
from core.signatures import HEADER, fits
from webapp.access import PUBLIC, access
from webapp.runtime import the_market

blueprint = Blueprint("signing", __name__)
_MOST: Final = 4096
"""Octets of a call: it names a signature, and nothing else."""


@blueprint.post("/signing/heard")
@access(PUBLIC)
def heard() -> ResponseReturnValue:
    """What it says is not believed: the state is asked for, so a replay changes nothing."""
    runtime = the_market()
    secret, mark = runtime.settings.signing_secret, request.headers.get(HEADER, "")
    body = request.get_data(cache=False) if (request.content_length or 0) <= _MOST else b""
    with runtime.database.read() as session:
        now = int(runtime.database.now(session).timestamp())
    if not (runtime.settings.signing_url and secret and fits(secret, mark, body, now)):
        raise NotFound
    runtime.signing.heard(_reference(body))
    return "", 204


def _reference(body: bytes) -> str:
    """Raises NotFound for a call that names nothing."""
    try:
        said = json.loads(body)["reference"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise NotFound from None
    if not isinstance(said, str):
        raise NotFound
    return said


@blueprint.record_once
def _without_form_token(state: BlueprintSetupState) -> None:
    """The service has no form of ours; the shared secret is the permission."""
    state.app.extensions["csrf"].exempt(heard)
