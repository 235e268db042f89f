"""Clients that are signed in, without walking through the sign-in of every test."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from accounts.codes import hash_token
from accounts.models import LoginSession
from core.actor import SYSTEM
from core.results import Done
from core.unit_of_work import UnitOfWork
from tests.apps import plain_app
from tests.factors import protect


@pytest.fixture
def app(runtime):
    return plain_app(runtime)


def enter(uow: UnitOfWork, person: str, token: str) -> Done:
    protect(uow, person)
    now = uow.now(uow.open())
    uow.add(
        LoginSession(
            token_hash=hash_token(token),
            person=person,
            created_at=now,
            last_seen_at=now + timedelta(days=30),  # used all along, whatever the clock does
            expires_at=now + timedelta(days=30),
        )
    )
    return Done()


def signed_in(app, executor, person: str, token: str = ""):
    """A browser of its own that this person signed in with."""
    token = token or f"token-{person}"
    executor.run(SYSTEM, enter, person, token)
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = token, True
    return client


def text_of(answer) -> str:
    """The words of a page that was shown, or shown again with what was wrong."""
    assert answer.status_code in (200, 422), (answer.status_code, answer.text[-800:])
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())
