"""The app in tests: made once for each market. Making it and reading its templates takes longer
than what most tests ask of it."""

from __future__ import annotations

from typing import Any

from flask import Flask

from bootstrap import Runtime
from webapp.factory import create_app
from webapp.presenters import standing

_made: dict[int, tuple[Runtime, Flask, dict[str, Any], Any]] = {}


def app_of(runtime: Runtime, **switches: Any) -> Flask:
    """Nothing of an earlier test is left in it: switches and handlers are as made, but for
    `switches`; what it knew of banners is forgotten."""
    known = _made.get(id(runtime))
    if known is None or known[0] is not runtime:
        made = create_app(runtime)
        known = (runtime, made, dict(made.config), made.error_handler_spec[None][None][Exception])
        _made[id(runtime)] = known
    _, app, config, for_faults = known
    app.config.clear()
    app.config.update(config | {"TESTING": True} | switches)
    app.error_handler_spec[None][None][Exception] = for_faults
    with app.app_context():
        standing.forget()
    return app


def plain_app(runtime: Runtime) -> Flask:
    """Forms need no token, and a fault fails the test with its own traceback instead of a page."""
    app = app_of(runtime, WTF_CSRF_ENABLED=False)
    app.error_handler_spec[None][None].pop(Exception)
    return app
