"""The operator signs people out; what an ended membership still opens, by the clock."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import select

from accounts import revoking
from accounts.actions.end_membership import end_membership
from accounts.actions.make_token import make_token
from accounts.actions.revoke_organisation import revoke_organisation
from accounts.actions.revoke_person import revoke_person
from accounts.codes import hash_token
from accounts.models import LoginSession
from accounts.tokens import new_token, shown_part
from core.errors import NotFound
from core.ids import show
from tests.accounts.conftest import PASSWORD
from tests.accounts.test_organisations import add, seat_of
from tests.accounts.test_pages import Browser, app

__all__ = ["app"]
SECONDS = 5
"""How long after it ended a right may still be served, by the requirements."""


@pytest.fixture
def operator(app, world):
    return browser_of(app, "operator@example.org")


@pytest.fixture
def officer(app, world):
    return browser_of(app, "officer@example.org")


@pytest.fixture
def deputy(world):
    return add(world, "second@example.org", ("tto_officer",))


def browser_of(app, mail):
    browser = Browser(app)
    browser.sign_in(mail)
    return browser


def token_of(world, person):
    token = new_token()
    scopes, kept = ["read:organisation"], (hash_token(token), shown_part(token))
    world.executor.run(world.actor(person), make_token, "Bridge", scopes, 30, *kept)
    return token


def asked_with(app, token):
    headers = {"Authorization": f"Bearer {token}"}
    return app.test_client().get("/api/v1/organisations", headers=headers).status_code


def test_an_operator_signs_a_person_out_everywhere(app, world, operator, officer, drain):
    token, page = token_of(world, world.officer), f"/en/operator/revoke/per_{world.officer}"
    assert officer.client.get("/queue").status_code == 200
    assert asked_with(app, token) == 200
    assert "End every session and token" in operator.get(page).text
    operator.post(page)
    assert "/sign-in" in officer.client.get("/queue").location
    assert asked_with(app, token) == 401
    assert "Nothing is open" in operator.get(page).text
    drain()
    again = browser_of(app, "officer@example.org")
    assert "You were signed out everywhere" in again.get("/en/messages").text


def test_everybody_of_an_organisation_is_signed_out_and_nobody_else(
    app, world, operator, officer, deputy
):
    outsider = world.person("outside@example.org")
    tokens = [token_of(world, one) for one in (world.officer, deputy, outsider)]
    operator.get(f"/operator/revoke/{show('organisation', world.institute)}")
    operator.post(f"/operator/revoke/{show('organisation', world.institute)}")
    assert [asked_with(app, token) for token in tokens] == [401, 401, 200]
    assert officer.client.get("/queue").status_code == 302
    assert operator.client.get("/operator").status_code == 200


def test_whom_one_step_cannot_hold_a_job_signs_out(runtime, app, world, deputy, monkeypatch):
    monkeypatch.setattr(revoking, "AT_ONCE", 1)
    tokens = [token_of(world, one) for one in (world.officer, deputy)]
    world.executor.run(world.actor(world.operator), revoke_organisation, world.institute)
    assert sorted(asked_with(app, token) for token in tokens) == [200, 401]
    runtime.worker.run_until_idle()
    assert [asked_with(app, token) for token in tokens] == [401, 401]


@pytest.mark.parametrize("who", ["officer", "deputy"])
def test_only_operators_sign_others_out(world, deputy, who):
    actor = world.actor(world.officer if who == "officer" else deputy)
    with pytest.raises(NotFound):
        world.executor.run(actor, revoke_person, world.operator)
    with pytest.raises(NotFound):
        world.executor.run(actor, revoke_organisation, world.institute)


def test_within_five_seconds_of_leaving_neither_session_nor_token_opens_anything(
    app, world, officer, deputy, executor
):
    token, begun = token_of(world, world.officer), time.monotonic()
    members = f"/organisations/{show('organisation', world.institute)}/members"
    assert officer.client.get(members).status_code == 200
    assert asked_with(app, token) == 200
    seat = seat_of(world, world.officer, world.institute)
    executor.run(world.actor(deputy), end_membership, seat)
    ended = time.monotonic()
    assert officer.client.get(members).status_code == 302
    assert asked_with(app, token) == 401
    assert time.monotonic() - ended < SECONDS, f"{ended - begun:.1f} s were before it"
    with executor.database.read() as session:
        rows = session.scalars(select(LoginSession).where(LoginSession.person == world.officer))
        assert all(row.revoked_at is not None for row in rows)


def test_the_first_operator_is_made_from_the_command_line_and_once(app):
    def found(mail, password=PASSWORD):
        options = ["--name", "Ou", "--organisation", "市场办公室", "--number", "91330100MA0000000X"]
        runner = app.test_cli_runner()
        args = ["operator", "found", mail, *options, "--password", password]
        with app.app_context():
            return runner.invoke(args=args)

    weak = found("first@example.org", "password")
    assert weak.exit_code == 2, weak.output
    made = found("first@example.org")
    assert made.exit_code == 0, made.output
    browser = browser_of(app, "first@example.org")
    assert browser.get("/operator", status=302).location == "/account/security"
    twice = found("second@example.org")
    assert twice.exit_code == 1
    assert "已有运营方" in twice.output
