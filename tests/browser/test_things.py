"""Every page of the address map in Chromium, with things of the market on it, on a telephone in
Chinese or on a desk in English by turns, and on both where everything is tried (`tests.breadth`):
no sideways scroll, no complaint, nothing that axe finds.

Each look asks other people first, so that what two sides share is seen from both.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, ConsoleMessage, Page
from werkzeug.serving import make_server

from tests.breadth import WHOLE, is_turn
from tests.browser import moments
from tests.browser.test_pages import check_page
from tests.sampled import demo_person
from tests.trust import world
from tests.trust.routes import CASES

ROLES: Final = ("tto_officer", "firm_admin", "operator", "researcher", "firm_member", "auditor",
                "broker", None)  # fmt: skip
"""Whoever is shown a page first looks at it; None is a visitor."""


@dataclass(frozen=True)
class Look:
    prefix: str
    width: int
    scheme: str
    roles: tuple[str | None, ...]
    signs: str
    """The heading of the page on which one signs in."""


LOOKS: Final = {
    "telephone": Look("", 390, "light", ROLES, "登录"),
    "desk": Look("/en", 1440, "dark", ("firm_admin", "operator", "researcher", *ROLES), "Sign in"),
}
LEAD_ON: Final = {"jobs.page", "registration_list.contract", "registration_list.one",
                  "shares.follow", "sign_on.again", "sign_on.back", "sign_on.go"}  # fmt: skip
"""Addresses in letters that lead to the page of the thing, and those to and from a provider."""
FILES: Final = {"cards.need", "diligence.fetch", "duties.file", "imports.errors",
                "organisation_pages.logo", "preemptions.paper", "privacy.download",
                "results.picture", "rounds.opening"}  # fmt: skip
"""Files and answers for programs that the world does not hold; those that it holds need no line."""
TWICE: Final = """() => [...document.querySelectorAll('[id]')].map(it => it.id)
    .filter((id, n, all) => all.indexOf(id) !== n)"""
FEWEST: Final = 380
"""Addresses in both looks; half of them where they take turns."""


@dataclass(frozen=True)
class Planned:
    """`pages`: look -> role -> addresses. `html` and `other`: endpoints by what they answered."""

    pages: dict[str, dict[str | None, list[str]]]
    html: frozenset[str]
    other: frozenset[str]


@pytest.fixture(scope="module")
def planned(sample_market, sample_app, client_of) -> Planned:
    """Asked of the app first, so that a browser opens only what is shown to whom it belongs to."""
    own = world.own_side(sample_market)
    sample_market.worker.run_until_idle()
    moments.plant(sample_market, own, client_of("researcher"))
    sample_market.worker.run_until_idle()
    sample_app.config.update(WTF_CSRF_ENABLED=True)
    pages: dict[str, dict[str | None, list[str]]] = {}
    html, other = set(), set()
    for name, look in LOOKS.items():
        pages[name] = {role: [] for role in ROLES}
        for case in (*CASES, *moments.PAGES):
            if case.method != "GET" or not is_turn(case.path, [*LOOKS].index(name), len(LOOKS)):
                continue
            path = look.prefix + own.path(case.path)
            for role in look.roles:
                with client_of(role).get(path) as answer:
                    if answer.status_code == 200:
                        shown = answer.mimetype == "text/html"
                        (html if shown else other).add(case.endpoint)
                        if shown and path not in pages[name][role]:
                            pages[name][role].append(path)
                        break
    return Planned(pages, frozenset(html), frozenset(other))


@pytest.fixture(scope="module")
def address(sample_app) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, sample_app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join(10)


class Eye:
    """Somebody's browser, in one look, and what it found."""

    def __init__(self, page: Page, address: str, look: Look) -> None:
        self.page, self.address, self.look = page, address, look
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("console", self._hears)

    def _hears(self, said: ConsoleMessage) -> None:
        if said.type in {"error", "warning"}:
            self.faults.append(f"{self.page.url}: {said.text}")

    def open(self, path: str) -> None:
        """The page itself and no other, with everything on it unfolded."""
        answer = self.page.goto(path)
        assert answer is not None, f"{path} answers nothing"
        came, wanted = unquote(self.page.url), unquote(self.address + path)
        heads = self.page.locator("h1").all_inner_texts()
        assert (answer.status, came) == (200, wanted), f"{path} answers {answer.status} at {came}"
        assert answer.request.redirected_from is None, f"{path} leads on"
        if len(heads) != 1 or not heads[0].strip():
            self.faults.append(f"{path}: headings of the first order: {heads}")
        assert self.look.signs not in heads or "/sign-in" in path, f"{path} is the door"

    def look_at(self, path: str, whose: str) -> None:
        self.open(path)
        self.page.evaluate("document.querySelectorAll('details').forEach(it => it.open = true)")
        if twice := self.page.evaluate(TWICE):
            self.faults.append(f"{path}: ids that stand twice: {twice}")
        self.faults += check_page(self.page, f"{path} of {whose} at {self.look.width} px")


Opens = Callable[[str, FlaskClient], Eye]


@pytest.fixture
def opens(browser: Browser, address: str, sample_app: Flask) -> Iterator[Opens]:
    """A browser that holds what a client of the app holds: signed in as they are."""
    opened = []

    def make(look: str, client: FlaskClient) -> Eye:
        how = LOOKS[look]
        context = browser.new_context(
            viewport={"width": how.width, "height": 900}, color_scheme=how.scheme,
            reduced_motion="reduce", base_url=address,
        )  # fmt: skip
        context.set_default_timeout(60_000)
        name = sample_app.config["SESSION_COOKIE_NAME"]
        if held := client.get_cookie(name):
            context.add_cookies([{"name": name, "value": held.value, "url": address}])
        opened.append(context)
        return Eye(context.new_page(), address, how)

    yield make
    for context in opened:
        context.close()


@pytest.mark.parametrize("role", [role or "visitor" for role in ROLES])
@pytest.mark.parametrize("look", LOOKS)
def test_every_page_that_somebody_is_shown(
    planned, sample_market, sample_app, client_as, opens, look, role, capsys
):
    visitor = role == "visitor"
    client = sample_app.test_client() if visitor else client_as(demo_person(sample_market, role))
    eye, began = opens(look, client), time.monotonic()
    paths = planned.pages[look][None if visitor else role]
    for path in paths:
        eye.look_at(path, role)
    with capsys.disabled():
        print(f"\n{look}, {role}: {len(paths)} pages in {time.monotonic() - began:.0f} s")
    assert eye.faults == []


@pytest.mark.parametrize("look", LOOKS)
def test_pages_of_one_browser_alone(planned, sample_market, sample_app, client_as, opens, look):
    """Those of somebody who is half signed in or new, and a form that was kept."""
    prefix, faults = LOOKS[look].prefix, []
    for path, held in moments.cookies(sample_market).items():
        client = sample_app.test_client()
        with client.session_transaction() as session:
            session.update(held)
        eye = opens(look, client)
        eye.look_at(prefix + path, "a browser")
        faults += eye.faults
    office = client_as(demo_person(sample_market, "tto_officer"))
    with office.session_transaction() as session:
        token = session["_user_id"]
    kept = moments.keep_one(sample_market, world.demo(sample_market, "tto_officer"), token)
    eye = opens(look, office)
    eye.look_at(prefix + kept, "an officer")
    assert faults + eye.faults == []


def test_a_browser_that_is_not_signed_in_is_found_out(planned, sample_app, opens):
    """Else the tests above could look at the door, and would find nothing."""
    eye = opens("telephone", sample_app.test_client())
    with pytest.raises(AssertionError, match=r"/account answers 200 at .*/sign-in"):
        eye.open("/account")


def test_no_page_of_the_map_is_left_out(planned, sample_app, capsys):
    """Every address that answers with a page was looked at above."""
    asked = {rule.endpoint for rule in sample_app.url_map.iter_rules() if "GET" in rule.methods}
    asked = {endpoint for endpoint in asked if not endpoint.startswith("api.")}
    alone = set(moments.ALONE)
    left = asked - planned.html - planned.other - alone - LEAD_ON - FILES
    assert left == set(), "give each a line in tests/browser/moments.py that shows it"
    assert (LEAD_ON | FILES) & (planned.html | alone) == set()
    counts = {look: sum(map(len, planned.pages[look].values())) for look in LOOKS}
    with capsys.disabled():
        print(f"\naddresses {counts} of {len(planned.html | alone)} pages")
    assert sum(counts.values()) >= FEWEST // (1 if WHOLE else len(LOOKS))
