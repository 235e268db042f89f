"""Finds every form in which somebody types: each page is shown to those whom its gate lets in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException

from tests.trust.forms_known import HALF_WAY, PAGES
from tests.trust.forms_to_fill import Form, forms_of
from tests.trust.routes import CASES
from tests.trust.world import Side
from webapp.access import declared_by

Browsers = dict[str | None, FlaskClient]
SEATED: Final = ("tto_officer", "researcher", "firm_admin")
READERS: Final[dict[str, tuple[str | None, ...]]] = {
    "public": (None, *SEATED), "demo": (None,), "person": SEATED, "writer": SEATED,
    "office": ("tto_officer", "firm_admin"), "oversee": ("operator", "second"),
    "operate": ("operator", "second"),
}  # fmt: skip
"""By gate, who is shown its pages: `second` is another operator than the one who began."""
OPERATORS: Final = ("operator", "second")
LEFT_OUT: Final = frozenset({"static", "doors.leave"})


Key = tuple[str, frozenset[str]]
"""A route, and the fields in which one types."""
Found = dict[Key, list[tuple[str | None, str, Form]]]
"""Who sees each form, and on which page."""


def every(app: Flask, browsers: Browsers, side: Side) -> Found:
    """Of forms of one route, one whose fields another has too is the same form."""
    found: Found = {}
    match = app.url_map.bind("localhost").match
    for role, path in _pages(app, side):
        with browsers[role].get(path) as answer:
            shown = answer.status_code == 200 and answer.mimetype == "text/html"
            page = answer.text if shown else ""
        for form in forms_of(page):
            form.action = form.action or path
            try:
                endpoint, _ = match(form.action.split("?")[0], method="POST")
            except HTTPException:
                raise AssertionError(f"a form on {path} leads nowhere: {form.action}") from None
            found.setdefault((endpoint, frozenset(form.typed)), []).append((role, path, form))
    return {key: seen for key, seen in found.items() if not _within(key, found)}


def _within(key: Key, found: Found) -> bool:
    return any(other[0] == key[0] and key[1] < other[1] for other in found)


def _pages(app: Flask, side: Side) -> Iterator[tuple[str | None, str]]:
    for case in CASES:
        if case.method == "GET" and case.endpoint not in LEFT_OUT:
            declared = declared_by(app.view_functions[case.endpoint])
            gate = declared.gate_for("GET").name if declared else "public"
            overseen = case.path.startswith("/operator") or "certificate" in case.path
            readers = READERS[gate] + (OPERATORS if overseen and gate != "operate" else ())
            for role in dict.fromkeys(readers):
                yield role, side.path(case.path)
    for path in PAGES:
        for role in (*SEATED, None, *OPERATORS):
            yield role, side.path(path)
    for path in HALF_WAY:
        yield "half", path
