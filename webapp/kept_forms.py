"""A posted form that waits, in the database, while its sender shows again who they are."""

from __future__ import annotations

from typing import Final

from flask import request

from accounts.actions.keep_form import keep_form
from core.actor import Actor
from webapp.runtime import the_market

NEVER_KEPT: Final = frozenset({"csrf_token", "password", "old", "secret", "code"})
"""Fields that hold what proves somebody, or opens something: they are typed anew."""
MOST: Final = 256 * 1024
"""Characters that are kept at most."""
_FORMS: Final = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


def keep(actor: Actor, session: str) -> str:
    """The id under which the form of this request is kept; empty where it cannot wait: it has
    files, is very long, or is no form."""
    if request.mimetype not in _FORMS or any(file.filename for file in request.files.values()):
        return ""
    sent = request.form.items(multi=True)
    fields = [[name, value] for name, value in sent if name not in NEVER_KEPT]
    if sum(len(name) + len(value) for name, value in fields) > MOST:
        return ""
    path = request.script_root + request.full_path.rstrip("?")
    return the_market().executor.run(actor, keep_form, session, path, fields).ref
