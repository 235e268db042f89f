"""The door of support views: pages are noted before they are shown, attempts at anything else are
noted and refused.

An operator who looks at somebody's account is that person for reading, and nobody for writing: the
executor refuses every use case of an actor who looks (`core.executor`), and what shows secrets or
hands out files is not opened at all.
"""

from __future__ import annotations

from typing import Final

from flask import Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue

from accounts.support.actions.note_page import note_page
from core.errors import NotFound, ReadsOnly
from webapp import sessions
from webapp.runtime import the_market

_ALWAYS: Final = frozenset({"support.end", "static", "favicon", "health.alive", "health.ready"})
_NEVER: Final = frozenset(
    {"security", "passkeys", "tokens", "webhooks", "privacy", "again", "doors", "identities",
     "sign_on", "organisation_sign_on", "offers", "documents", "rounds", "round_desk", "jobs",
     "diligence", "own_support", "development", "api"}
)  # fmt: skip
"""Blueprints with keys, codes, proofs, sealed quotes, or ways of signing in."""
_FILES: Final = frozenset({"file", "download", "proof", "out", "csv_sheet", "xlsx_sheet", "copy"})
"""What hands a file out."""


def install(app: Flask) -> None:
    """Before any other door: it must note what they would show."""
    app.before_request(_look)
    app.jinja_env.globals.update(support_view=sessions.support_view)


def _look() -> ResponseReturnValue | None:
    view = sessions.support_view()
    if view is None or request.endpoint in _ALWAYS or request.endpoint is None:
        return None
    shown = request.endpoint.rpartition(".")[2]
    closed = request.blueprint in _NEVER or shown in _FILES
    refused = request.method not in {"GET", "HEAD"} or closed
    seen = view.grant, request.method, request.path
    try:
        the_market().executor.run(view.operator, note_page, *seen, refused=refused)
    except NotFound:
        sessions.stop_looking()
        return redirect(url_for("operator_support.index"))
    if refused:
        raise ReadsOnly
    return None
