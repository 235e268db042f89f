"""Ways of signing in, as people meet them: passkeys, an app, recovery codes, ended sessions.

Chromium's own virtual authenticator stands for the device (Chrome DevTools Protocol, WebAuthn).
"""

from __future__ import annotations

import itertools
import re
import time

import pyotp
import pytest
from playwright.sync_api import expect

from tests.browser.test_pages import check_page

PASSWORD = "seven-lanterns-9-boats"
CODE = re.compile(r"\b\d{6}\b")
_people = itertools.count(1)


@pytest.fixture
def newcomer(visit):
    """Somebody who has just signed up and is signed in; (visitor, mail)."""
    visitor, mail = visit(), f"comer{next(_people)}@people.example"
    page = visitor.go("/en/sign-up")
    page.locator("main input[name=contact]").fill(mail)
    page.locator("main input[name=name]").fill("New Comer")
    page.locator("main input[name=password]").fill(PASSWORD)
    page.locator("main button.go").click()
    page.wait_for_url("**/confirm/**")
    page.locator("main input[name=code]").fill(letter_code(visitor, mail))
    page.locator("main button.go").click()
    page.wait_for_url("**/organisations/choose")
    return visitor, mail


def letter_code(visitor, mail, patience=20):
    """The code of the newest letter to this address."""
    other, deadline = visitor.context.new_page(), time.monotonic() + patience
    while time.monotonic() < deadline:
        other.goto(f"{visitor.address}/en/dev/mail?to={mail}")
        found = CODE.search(other.locator("main").inner_text())
        if found:
            other.close()
            return found[0]
        time.sleep(0.3)
    raise AssertionError(f"no letter came to {mail}")


def device_of(visitor):
    """Gives the page a device that verifies its holder; returns the protocol's session."""
    protocol = visitor.context.new_cdp_session(visitor.page)
    protocol.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }  # fmt: skip
    made = protocol.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return protocol, made["authenticatorId"]


def add_passkey(visitor, name="My telephone"):
    page = visitor.go("/en/account/security/passkeys/new")
    page.locator("main input[name=name]").fill(name)
    page.locator("[data-passkey-button]").click()
    expect(page.locator("#recovery-codes code")).to_have_count(10)
    codes = page.locator("#recovery-codes code").all_inner_texts()
    page.locator("main a.go").click()
    return codes


def sign_out(visitor):
    visitor.context.clear_cookies()


def signed_in(visitor):
    return "/sign-in" not in visitor.go("/en/account").url


def first_step(visitor, mail):
    page = visitor.go("/en/sign-in")
    page.locator("main input[name=contact]").fill(mail)
    page.locator("main input[name=password]").fill(PASSWORD)
    page.locator("main button.go").click()
    return page


def test_a_passkey_signs_in_alone_and_as_second_step_until_it_is_removed(newcomer):
    visitor, mail = newcomer
    device_of(visitor)
    assert len(add_passkey(visitor)) == 10
    page = visitor.page
    assert page.locator("main").get_by_text("My telephone").first.is_visible()
    assert check_page(page, "security") == []

    sign_out(visitor)
    page = visitor.go("/en/sign-in?next=/account/security")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/en/account/security")

    sign_out(visitor)
    page = first_step(visitor, mail)
    page.wait_for_url("**/sign-in/second**")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    assert signed_in(visitor)

    page = visitor.go("/en/sign-in/again?next=/account/security")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/en/account/security")

    page.get_by_role("button", name="Remove My telephone").click()
    page.wait_for_selector("text=The passkey was removed")
    sign_out(visitor)
    page = visitor.go("/en/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_selector("text=The passkey was not taken")
    assert not signed_in(visitor)
    assert visitor.complaints == []


def test_a_device_that_does_not_know_its_holder_opens_nothing(newcomer):
    visitor, _ = newcomer
    protocol, device = device_of(visitor)
    add_passkey(visitor)
    sign_out(visitor)
    wrong = {"authenticatorId": device, "isUserVerified": False}
    protocol.send("WebAuthn.setUserVerified", wrong)
    page = visitor.go("/en/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_selector("text=No passkey was used")
    assert not signed_in(visitor)


def test_the_pages_work_without_script_and_say_why_there_is_no_button(visit):
    page = visit(scripts=False).go("/en/sign-in")
    assert page.get_by_text("Passkeys need this page's script").is_visible()
    assert page.get_by_role("button", name="Sign in with a passkey").count() == 0
    assert page.locator("main input[name=password]").is_visible()


def test_a_browser_that_knows_no_passkeys_is_told_so(visit):
    visitor = visit()
    visitor.page.add_init_script("delete window.PublicKeyCredential")
    page = visitor.go("/en/sign-in")
    assert page.get_by_text("This browser knows no passkeys").is_visible()
    assert page.get_by_text("Passkeys need this page's script").is_hidden()


def test_an_app_is_enrolled_and_a_recovery_code_opens_once_when_it_is_lost(newcomer):
    visitor, mail = newcomer
    page = visitor.go("/en/account/security")
    page.get_by_role("button", name="Set up an app").click()
    key = page.locator("#app-key").inner_text().replace(" ", "")
    page.locator("main input[name=code]").fill(pyotp.TOTP(key).now())
    page.locator("main button.go").click()
    expect(page.locator("#recovery-codes code")).to_have_count(10)
    codes = page.locator("#recovery-codes code").all_inner_texts()
    assert len(set(codes)) == 10

    for code, opens in ((codes[4], True), (codes[4], False), (codes[5], True)):
        sign_out(visitor)
        page = first_step(visitor, mail)
        page.wait_for_url("**/sign-in/second**")
        page.locator("main input[name=code]").fill(code)
        page.locator("main button.go").click()
        page.wait_for_load_state()
        assert signed_in(visitor) is opens


def test_a_session_is_ended_from_another_browser(newcomer, visit):
    visitor, mail = newcomer
    other = visit()
    first_step(other, mail).wait_for_url(lambda url: "/sign-in" not in url)
    assert signed_in(other)
    page = visitor.go("/en/account")
    page.locator("form[action*='/sessions/'] button").first.click()
    page.wait_for_load_state()
    assert not signed_in(other)
    assert signed_in(visitor)
