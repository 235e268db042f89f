"""The database is away: pages and programs are asked to come again, and see no stack trace."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.database import Database
from webapp.factory import create_app

EVERY_DATABASE = True

NOBODY = "postgresql+psycopg://nobody@127.0.0.1:9/nowhere"
"""Port 9 is `discard`: nothing answers there."""


@pytest.fixture
def client(runtime):
    away = Database(NOBODY)
    made = create_app(replace(runtime, database=away))
    made.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    yield made.test_client()
    away.dispose()


@pytest.mark.parametrize(("path", "kind"), [
    ("/", "text/html"), ("/search?q=石墨", "text/html"),
    ("/api/v1/listings", "application/problem+json"),
])  # fmt: skip
def test_whoever_asks_is_told_when_to_ask_again(client, path, kind):
    answer = client.get(path)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "2"
    assert answer.mimetype == kind
    assert "Traceback" not in answer.text
    assert "psycopg" not in answer.text
