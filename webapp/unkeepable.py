"""Refuses the one sign that no database column can keep, before any view reads it."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask, request

from core.errors import Refused
from core.i18n import N_

_NUL = "\x00"


class Unkeepable(Refused):
    """NUL: SQLite cuts texts off at it in places, PostgreSQL refuses it."""

    code = "unkeepable"
    text = N_("The text contains a sign that cannot be stored (NUL). Remove it and send it again.")
    status = 400


def _sent() -> Iterator[str]:
    yield request.path
    for values in (request.args, request.form):
        for name, value in values.items(multi=True):
            yield name
            yield value
    for files in request.files.listvalues():
        yield from (file.filename or "" for file in files)


def refuse_nul() -> None:
    if any(_NUL in text for text in _sent()):
        raise Unkeepable


def install(app: Flask) -> None:
    """After the form guard, which has parsed the form already."""
    app.before_request(refuse_nul)
