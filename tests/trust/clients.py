"""A market of a test's own, whose forms are guarded as in earnest."""

from __future__ import annotations

import re

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def token_of(page: str) -> str:
    """The first form's token, as a browser would send it back."""
    found = TOKEN.search(page)
    assert found, "the page has no form"
    return found[1]


def sign_in(client, contact: str, password: str, **more: str):
    """Through the door, as a browser does it."""
    token = token_of(client.get("/sign-in").text)
    typed = {"contact": contact, "password": password, "csrf_token": token}
    return client.post("/sign-in", data=typed, **more)
