"""A market of a test's own, whose forms are guarded as in earnest."""

from __future__ import annotations

import re

from tests.factors import code_by_mail, forget_used_codes

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
    answer = client.post("/sign-in", data=typed, **more)
    if "/sign-in/second" not in answer.headers.get("Location", ""):
        return answer
    second = answer.headers["Location"]
    token = token_of(client.get(second).text)
    typed = {"code": code_for(client.application, contact), "csrf_token": token}
    return client.post(second, data=typed, **more)


def code_for(app, contact: str) -> str:
    """What the telephone shows, as if half a minute had passed since it was last asked."""
    executor = app.extensions["qiaoyi.runtime"].executor
    forget_used_codes(executor, contact)
    return code_by_mail(executor, contact)
