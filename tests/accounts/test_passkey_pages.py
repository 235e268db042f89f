"""Passkeys as browsers send them: the challenge belongs to the browser that asked for it."""

from __future__ import annotations

import re

import pytest

from tests.accounts.conftest import PASSWORD
from tests.accounts.test_pages import Browser, app
from tests.passkeys import Device
from webapp.views.account.passkeys import ASKED_A_MINUTE

__all__ = ["app"]
MAIL = "mei@example.org"


@pytest.fixture
def mei(app, world):
    world.person(MAIL)
    browser = Browser(app)
    browser.sign_in(MAIL)
    return browser


@pytest.fixture
def device(executor):
    return Device(executor.ports.address)


def ask(browser, purpose, status=200):
    return browser.post(f"/passkeys/ask/{purpose}", status=status).text


def add(browser, device, name="Telephone"):
    browser.get("/en/account/security/passkeys/new")
    answer = device.make(ask(browser, "add"))
    return browser.post("/en/account/security/passkeys/new", status=200, answer=answer, name=name)


def test_from_setting_up_to_signing_in_and_removing(app, mei, device):
    page = add(mei, device, "<b>Telephone</b>")
    assert len(set(re.findall(r"<code>([0-9A-Z]{5}-[0-9A-Z]{5})</code>", page.text))) == 10
    assert page.headers["Cache-Control"] == "no-store"
    listed = mei.get("/en/account/security").text
    assert "&lt;b&gt;Telephone&lt;/b&gt;" in listed
    assert "<b>Telephone" not in listed
    other = Browser(app)
    other.get("/en/sign-in")
    answer = device.sign(ask(other, "first"))
    assert other.post("/en/sign-in/passkey?next=/account", answer=answer).location == "/en/account"
    other.get("/en/account")
    key = re.search(r"/passkeys/([0-9a-f]{32})/remove", listed)[1]
    mei.post(f"/en/account/security/passkeys/{key}/remove")
    assert key not in mei.get("/en/account/security").text


def test_an_answer_opens_nothing_in_another_browser_than_the_one_that_asked(app, mei, device):
    add(mei, device)
    asking, other = Browser(app), Browser(app)
    for browser in (asking, other):
        browser.get("/en/sign-in")
    answer = device.sign(ask(asking, "first"))
    said = other.post("/en/sign-in/passkey", status=422, answer=answer)
    assert "was not taken" in said.text
    assert asking.post("/en/sign-in/passkey", answer=answer).location == "/en/"


def test_asking_again_makes_the_answer_of_before_worthless(app, mei, device):
    add(mei, device)
    browser = Browser(app)
    browser.get("/en/sign-in")
    answer = device.sign(ask(browser, "first"))
    ask(browser, "first")
    said = browser.post("/en/sign-in/passkey", status=422, answer=answer)
    assert "was not taken" in said.text


def test_the_second_step_and_the_fresh_proof_take_a_passkey(app, mei, device):
    add(mei, device)
    browser = Browser(app)
    browser.post_sign_in(MAIL, password=PASSWORD)
    answer = device.sign(ask(browser, "second"))
    assert browser.post("/en/sign-in/second/passkey", answer=answer).location == "/en/"
    browser.get("/en/sign-in/again?next=/account/security")
    answer = device.sign(ask(browser, "again"))
    proven = browser.post("/en/sign-in/again/passkey?next=/account/security", answer=answer)
    assert proven.location == "/en/account/security"


def test_a_minute_has_a_measure_of_challenges(app):
    browser = Browser(app)
    browser.get("/en/sign-in")
    for _ in range(ASKED_A_MINUTE):
        ask(browser, "first")
    assert "Too many attempts" in browser.post("/en/passkeys/ask/first", status=429).text
