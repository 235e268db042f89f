"""Before a page: has who is signed in said yes to the texts that now hold?

Asked only where the operator has published a version of its own. Whoever has not said yes reaches
the texts, the copy of their data, erasure and the way out, and nothing else.
"""

from __future__ import annotations

from typing import Final

from flask import Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue

from accounts.consents.queries import unanswered
from webapp.presenters.standing import texts_in_force
from webapp.runtime import the_market
from webapp.sessions import current_actor

_WITHOUT: Final = frozenset(
    {"consents", "texts", "privacy", "security", "passkeys", "again", "static", "favicon", "health",
     "development", "api", "home.terms", "home.privacy", "doors.leave", "jobs"}
)  # fmt: skip
"""Blueprints and endpoints that are open before it."""


def install(app: Flask) -> None:
    app.before_request(_ask)


def _ask() -> ResponseReturnValue | None:
    if request.blueprint in _WITHOUT or request.endpoint in _WITHOUT:
        return None
    holding = texts_in_force()
    actor = current_actor() if holding else None
    if actor is None or actor.person is None:
        return None
    with the_market().database.read() as reading:
        if not unanswered(reading, actor.person, holding):
            return None
    back = request.full_path.rstrip("?") if request.method == "GET" else "/account"
    return redirect(url_for("consents.page", next=back))
