"""Whose address a visitor has: what a counted proxy says, and nothing that anybody else claims."""

from __future__ import annotations

import pytest
from flask import Flask, request

from webapp.factory import behind_proxies


def app_behind(count: int) -> Flask:
    app = Flask("proxied")
    app.add_url_rule("/", "who", lambda: f"{request.remote_addr} {request.scheme}")
    behind_proxies(app, count)
    return app


@pytest.mark.parametrize(
    ("count", "forwarded", "seen"),
    [
        (0, "203.0.113.9", "127.0.0.1 http"),
        (1, "203.0.113.9", "203.0.113.9 https"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9 https"),
        (2, "198.51.100.1, 203.0.113.9", "198.51.100.1 http"),
    ],
)
def test_only_counted_proxies_are_believed(count, forwarded, seen):
    headers = {"X-Forwarded-For": forwarded, "X-Forwarded-Proto": "https"}
    assert app_behind(count).test_client().get("/", headers=headers).text == seen
