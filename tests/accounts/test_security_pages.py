"""The gate of roles, the set-up of an app and fresh proofs, driven as a browser drives them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from accounts.actions.end_membership import end_membership
from accounts.factors.proving import code_at
from accounts.factors.rules import step_of
from accounts.models import LoginSession
from core.ids import show
from tests.accounts.conftest import PASSWORD, draft
from tests.accounts.test_organisations import add, seat_of
from tests.accounts.test_pages import Browser, app
from tests.factors import code_by_mail

__all__ = ["app"]


@pytest.fixture
def lone(app, world):
    """An officer who has no second factor yet."""
    person = world.person("lone@example.org")
    world.registrar.organisation(person, draft("HRB 9", "institute"), vetted_by=world.operator)
    browser = Browser(app)
    browser.sign_in("lone@example.org")
    return browser


@pytest.fixture
def officer(app, world):
    browser = Browser(app)
    browser.sign_in("officer@example.org")
    return browser


def set_up(browser, clock):
    """Reads the key from the page and types the code; gives the page that follows."""
    browser.get("/en/account/security")
    page = browser.get(browser.post("/en/account/security/app/new").location)
    key = re.search(r'id="app-key">([A-Z2-7 ]+)<', page.text)[1].replace(" ", "")
    assert '<svg class="qr"' in page.text
    assert f"secret={key}" in page.text
    wrong = browser.post("/en/account/security/app", status=422, code="000000")
    assert "does not fit" in wrong.text
    return browser.post(
        "/en/account/security/app", status=200, code=code_at(key, step_of(clock.now))
    )


@pytest.mark.parametrize(
    "path", ["/", "/account", "/queue", "/messages", "/search", "/organisations/choose"]
)
def test_a_role_that_needs_a_second_factor_reaches_its_set_up_alone(lone, path):
    answer = lone.get(path, status=302)
    assert answer.location == "/account/security"


def test_the_gate_opens_once_the_app_is_set_up(lone, clock):
    page = set_up(lone, clock)
    codes = re.findall(r"<code>([0-9A-Z]{5}-[0-9A-Z]{5})</code>", page.text)
    assert len(set(codes)) == 10
    assert page.headers["Cache-Control"] == "no-store"
    lone.get("/queue")
    again = Browser(lone.client.application)
    second = again.post_sign_in("lone@example.org")
    again.get("/en/account", status=302)
    opened = again.post(second.location, code=codes[0])
    assert opened.location == "/en/"
    again.get("/en/account")


def test_who_waits_at_the_gate_can_sign_out(lone):
    lone.get("/en/account/security")
    assert lone.post("/en/sign-out").location == "/en/"
    lone.get("/account", status=302)


def test_the_cookie_of_the_first_step_opens_nothing(app, world):
    browser = Browser(app)
    second = browser.post_sign_in("officer@example.org")
    for path in ("/account", "/queue", "/account/security", "/sign-in/again"):
        assert "/sign-in?next=" in browser.get(path, status=302).location
    assert browser.get(second.location).status_code == 200


def test_a_stale_session_shows_again_who_it_is_before_it_changes_roles(officer, world, clock):
    clock.move(timedelta(minutes=31))
    members = f"/en/organisations/{show('organisation', world.institute)}/members"
    page = officer.get(members)
    action = re.search(r'action="(/en/memberships/[0-9a-f]+/roles)"', page.text)[1]
    sent = officer.post(action, roles=["tto_officer", "expert"])
    assert sent.location.startswith("/en/sign-in/again?next=%2Fsign-in%2Fagain%2Fkept%2F")
    assert not world.actor(world.officer).has("expert")
    assert "is kept for ten minutes" in officer.get(sent.location).text
    wrong = officer.post(sent.location, status=422, old="not this one")
    assert "not yours" in wrong.text
    kept = officer.get(officer.post(sent.location, old=PASSWORD).location).text
    assert f'action="{action}"' in kept
    assert re.findall(r'name="roles" value="(\w+)"', kept) == ["tto_officer", "expert"]
    assert not world.actor(world.officer).has("expert")
    officer.post(action, roles=["tto_officer", "expert"])
    assert world.actor(world.officer).has("expert")


def test_a_stale_operator_decides_nothing(app, world, clock):
    operator = Browser(app)
    operator.sign_in("operator@example.org")
    clock.move(timedelta(minutes=31))
    page = f"/en/operator/organisations/{show('organisation', world.institute)}"
    operator.get(page)
    sent = operator.post(page, decision="suspend", reason="Because.")
    assert "/sign-in/again" in sent.location
    assert world.actor(world.officer).has("tto_officer")


def test_a_session_remembers_a_part_of_the_address_only(app, world, executor):
    for number, address in enumerate(("203.0.113.77", "2001:db8:12:34::1")):
        client = app.test_client()
        browser = Browser(app)
        browser.client = client
        client.environ_base["REMOTE_ADDR"] = address
        world.person(f"n{number}@example.org")
        browser.sign_in(f"n{number}@example.org")
        assert browser.get("/account").text.count("0db8" if number else "203.0.113.x") == 1
    with executor.database.read() as session:
        kept = sorted(row.network for row in session.query(LoginSession) if row.network)
    assert kept[-2:] == ["2001:0db8:0012:x", "203.0.113.x"]


def test_nothing_of_the_organisation_is_served_after_a_membership_ended(
    app, world, officer, executor
):
    """Every page that the officer had is asked for again, at once, with the cookie of before."""
    deputy = add(world, "second@example.org", ("tto_officer",))
    members = f"/organisations/{show('organisation', world.institute)}/members"
    mine = ["/queue", members, "/inquiries", "/deals", "/imports"]
    assert [officer.client.get(path).status_code for path in mine] == [200] * len(mine)
    other = Browser(app)
    other.client.set_cookie("market", officer.client.get_cookie("market").value)
    seat = seat_of(world, world.officer, world.institute)
    executor.run(world.actor(deputy), end_membership, seat)
    for browser in (officer, other):
        for path in mine:
            answer = browser.client.get(path)
            assert answer.status_code == 302
            assert "/sign-in?next=" in answer.location
    again = Browser(app)
    again.post_sign_in("officer@example.org")
    code = code_by_mail(executor, "officer@example.org")
    again.post("/en/sign-in/second", code=code)
    assert again.client.get(members).status_code in (403, 404)
    assert again.client.get("/queue").status_code in (403, 404)
