"""A text that a view reads itself, where a page sends one without a form of its own."""

from __future__ import annotations

from flask import request

from core.errors import Invalid, Problem
from core.i18n import N_
from core.texts import kept

TOO_LONG = N_("Shorten this to %(length)s characters.")


def typed(name: str, longest: int) -> str:
    """As it will be kept. Raises Invalid where it is longer: nothing is cut off in silence. The
    page's own field holds no more."""
    text = kept(request.form.get(name, ""))
    if len(text) > longest:
        raise Invalid({name: [Problem("too_long", TOO_LONG, {"length": longest})]})
    return text
