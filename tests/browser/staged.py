"""People in front of browsers, on the stage that tests of deals use: the clock is the test's,
nobody has to sign in, and what each presses and types is counted."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page
from werkzeug.serving import make_server

from core.actor import SYSTEM
from core.i18n import translator
from tests.deals.rounds.conftest import Scene, scene
from tests.deals.rounds.test_round_pages import plant_market
from tests.deals.test_pages import enter
from webapp.factory import create_app

__all__ = ["scene"]
TOUR = os.environ.get("QIAOYI_TOUR")
"""A folder: every step of a deal leaves a picture there (`make tour`)."""


@dataclass
class Effort:
    """What a side does by hand: `clicks` are links, buttons and choices, `typed` are fields."""

    clicks: int = 0
    typed: int = 0


@dataclass
class Seat:
    """A person at a browser; what the page complains about, and what left it, is kept."""

    page: Page
    address: str
    sent: list[str]
    complaints: list[str]
    prefix: str = ""
    effort: Effort = field(default_factory=Effort)

    def go(self, path: str) -> Page:
        self.page.goto(f"{self.address}{path}")
        return self.page

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def say(self, msgid: str, **params: object) -> str:
        """The market's words in this person's language."""
        said = translator("en" if self.prefix else "zh").gettext(msgid)
        return said % params if params else said

    def opens(self, path: str) -> Page:
        """A link in a message, or one of the bar's: one click."""
        self.effort.clicks += 1
        return self.go(f"{self.prefix}{path}")

    def follows(self, msgid: str, **params: object) -> None:
        name = self.say(msgid, **params)
        self._click(self.page.locator("main").get_by_role("link", name=name, exact=True).first)

    def presses(self, msgid: str, **params: object) -> None:
        self._click(self.page.get_by_role("button", name=self.say(msgid, **params), exact=True))

    def chooses(self, name: str, value: str | None = None) -> None:
        """A box, one of several, or a line of a list."""
        self.effort.clicks += 1
        found = self.page.locator(f"main [name={name}]")
        if found.first.evaluate("it => it.tagName") == "SELECT":
            found.first.select_option(value)
        else:
            of_value = f"main [name={name}][value={value}]"
            (found if value is None else self.page.locator(of_value)).check()

    def types(self, name: str, text: str) -> None:
        self.effort.typed += 1
        self.page.locator(f"main [name={name}]").fill(text)

    def picture(self, name: str) -> None:
        """For the tour, where one is made."""
        if TOUR:
            folder = Path(TOUR)
            folder.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=folder / f"{name}.png", full_page=True)

    def _click(self, what: Locator) -> None:
        self.effort.clicks += 1
        what.click()


@pytest.fixture
def seats(runtime: Any, scene: Scene, browser: Browser) -> Iterator[Callable[..., Seat]]:
    """Serves the stage's market in this process, whose clock the test moves."""
    app = create_app(runtime)
    app.config.update(TESTING=True, SESSION_COOKIE_SECURE=False)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    scene.run(SYSTEM, plant_market)
    contexts = []

    def make(person: str, width: int, scheme: str, prefix: str = "") -> Seat:
        scene.run(SYSTEM, enter, person)
        address = f"http://localhost:{server.server_port}"
        signer = app.session_interface.get_signing_serializer(app)
        value = signer.dumps({"_user_id": f"token-{person}", "_fresh": True})
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
        )
        context.set_default_timeout(15_000)
        name = app.config["SESSION_COOKIE_NAME"]
        context.add_cookies([{"name": name, "value": str(value), "url": address}])
        contexts.append(context)
        seat = Seat(context.new_page(), address, [], [], prefix)
        seat.page.on("request", lambda asked: seat.sent.append(asked.post_data or ""))
        seat.page.on("pageerror", lambda error: seat.complaints.append(str(error)))
        seat.page.on(
            "console",
            lambda said: seat.complaints.append(said.text) if said.type == "error" else None,
        )
        return seat

    yield make
    for context in contexts:
        context.close()
    server.shutdown()
    thread.join(10)
