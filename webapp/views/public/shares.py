"""Share links: they say who passed a page on, and what came through them."""

import hmac
from hashlib import sha256

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from core import links
from core.errors import NotFound
from listings.actions.record_share_visit import record_share_visit
from webapp.access import PUBLIC, access
from webapp.presenters.showing import local_url
from webapp.runtime import the_market
from webapp.sessions import current_actor

blueprint = Blueprint("shares", __name__)


@blueprint.get("/s/<code>")
@access(PUBLIC, of="share")
def follow(code: str) -> Response:
    """Records the visit, then goes to the page in the language of the link."""
    visited = the_market().executor.run(
        current_actor(), record_share_visit, code, visitor=_visitor(code)
    )
    path = links.path(visited.ref, "zh")
    if path is None:
        raise NotFound(ref=code)
    return redirect(local_url(path), 302)


def _visitor(code: str) -> str:
    """A keyed hash for this link only: it tells visits apart and cannot be turned back."""
    seen = f"{code} {request.remote_addr} {request.user_agent.string}"
    secret = the_market().settings.secret().encode()
    return hmac.new(secret, seen.encode(), sha256).hexdigest()[:32]
