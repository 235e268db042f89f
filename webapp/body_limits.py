"""How much a request may carry before anything reads it: files only from who is signed in.

Werkzeug reads a url-encoded body whole, whatever MAX_FORM_MEMORY_SIZE says, and spools the files of
a multipart one to disk; the large limit is for uploads of people who have an account.
"""

from __future__ import annotations

from typing import Final

from flask import Flask, request, session

FORM: Final = 2 * 1024 * 1024
"""Octets of a form without files."""


def keep_small() -> None:
    signed_in = "_user_id" in session  # the cookie is signed; whether it still holds is seen later
    if request.mimetype != "multipart/form-data" or not signed_in:
        limit = request.max_content_length
        request.max_content_length = FORM if limit is None else min(limit, FORM)


def install(app: Flask) -> None:
    """Before the form guard, which parses the body."""
    app.before_request(keep_small)
