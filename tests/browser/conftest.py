"""A market as a visitor meets it: the serving command in a process of its own, and Chromium."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import databases
from tests.breadth import case_of, is_turn

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Pages look the same whatever holds the rows: where both databases are there, a walk in two
    languages takes one of them in each, and of several walks the next takes the other language
    (`tests.breadth`). Use cases run on both, area by area."""
    kept, left = [], []
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)
            (left if _walked_elsewhere(item) else kept).append(item)
        else:
            kept.append(item)
    items[:] = kept
    config.hook.pytest_deselected(items=left)


def _walked_elsewhere(item: pytest.Item) -> bool:
    spec = getattr(item, "callspec", None)
    said = set(spec.id.split("-")) if spec else set()
    if not said & {"zh", "en"} or len(databases.KINDS) < 2:
        return False
    if {"sqlite", "zh"} <= said or {"postgresql", "en"} <= said:
        return True
    return not is_turn(case_of(item, "zh", "en", *databases.KINDS), int("en" in said), 2)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Life(Protocol):
    """A process, as `subprocess.Popen` shows it."""

    @property
    def pid(self) -> int: ...
    def poll(self) -> int | None: ...
    def wait(self, timeout: float | None = None) -> int: ...
    def terminate(self) -> None: ...
    def kill(self) -> None: ...


class Served:
    """One running market: its address and its data folder."""

    def __init__(self, data: Path, *options: str, url: str = "") -> None:
        """`url` names a database other than the folder's own."""
        self.data, self.port = data, free_port()
        self.address = f"http://localhost:{self.port}"
        self.options, self.url = options, url
        self.process: Life | None = None

    @property
    def log(self) -> Path:
        return self.data.parent / f"{self.data.name}.log"

    def start(self) -> None:
        self.launch()
        self.await_doors()

    def launch(self) -> None:
        """Begins to start; nothing answers yet."""
        self.process = self.command("serve", *self.options)

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "QIAOYI_ENV": "development",
            "QIAOYI_DATA_DIR": str(self.data),
            "QIAOYI_PORT": str(self.port),
            "QIAOYI_SEARCH_PER_MINUTE": "1000000",
            "QIAOYI_DATABASE_URL": self.url,
        }

    def command(self, *words: str) -> Life:
        """A `flask` command on this market, in a process group of its own."""
        command = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
        with self.log.open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def await_doors(self, patience: float = 120) -> None:
        assert self.process is not None
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.address}/readyz", timeout=2):
                    return
            except OSError:
                time.sleep(0.1)
        said = self.log.read_text(errors="replace")
        raise AssertionError(f"the market did not open:\n{said[-3000:]}")

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The sample market, served by the command that the README names."""
    market = Served(tmp_path_factory.mktemp("served") / "data")
    market.start()
    yield market
    market.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        if os.environ.get("QIAOYI_CI"):
            pytest.fail("Chromium is missing, and CI must have it")
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


class Visitor:
    """A person with a browser of their own; what the page complains about is kept."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context, self.address = context, address
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))

    def _console(self, message: object) -> None:
        kind, text = getattr(message, "type"), getattr(message, "text")  # noqa: B009
        if kind in {"error", "warning"} and "status of 4" not in text:
            self.complaints.append(f"{kind}: {text}")

    def go(self, path: str) -> Page:
        self.page.goto(f"{self.address}{path}")
        return self.page

    def sign_in(self, mail: str, password: str, prefix: str = "") -> None:
        self.go(f"{prefix}/sign-in")
        form = self.page.locator("main form").first
        form.locator("input:not([type=hidden]):not([type=password])").first.fill(mail)
        form.locator("input[type=password]").fill(password)
        form.get_by_role("button", name=re.compile("登录|Sign in")).first.click()
        self.page.wait_for_url(lambda url: not url.partition("?")[0].endswith("/sign-in"))
        if "/sign-in/second" in self.page.url:
            self.second_step(mail)
        self.page.wait_for_url(lambda url: "/sign-in" not in url)

    def second_step(self, mail: str, patience: float = 65) -> None:
        """Types what the telephone shows. A code serves once, so who has just signed in waits."""
        deadline = time.monotonic() + patience
        while "/sign-in/second" in self.page.url:
            assert time.monotonic() < deadline, "no code was taken"
            self.page.locator("main input[name=code]").fill(self.telephone(mail))
            with self.page.expect_navigation():
                self.page.locator("main form button").first.click()
            if "/sign-in/second" in self.page.url:
                time.sleep(5)

    def telephone(self, mail: str) -> str:
        """The code of a sample person, as the development page shows it."""
        name = demo_names()[mail]
        with urllib.request.urlopen(f"{self.address}/dev/codes", timeout=5) as page:
            text = page.read().decode()
        found = re.search(rf"<td>{name}</td><td><code[^>]*>(\d{{6}})", text)
        assert found, f"{name} has no app"
        return found[1]


@pytest.fixture
def visit(browser: Browser, served: Served) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors: `visit(role=None, width=1440, scheme="light", scripts=True)`."""
    opened: list[BrowserContext] = []

    def make(
        role: str | None = None, *, width: int = 1440, scheme: str = "light", scripts: bool = True
    ) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
            locale="zh-CN",
            reduced_motion="reduce",
            java_script_enabled=scripts,
        )
        context.set_default_timeout(15_000)
        context.set_default_navigation_timeout(60_000)  # the first search waits for dictionaries
        opened.append(context)
        visitor = Visitor(context, served.address)
        if role is not None:
            mail, password = demo_accounts()[role]
            visitor.sign_in(mail, password)
        return visitor

    yield make
    for context in opened:
        context.close()


def demo_names() -> dict[str, str]:
    """Names by mail address, as pages show them."""
    from sample import content

    people = content.read().people.values()
    return {one["mail"]: one.get("zh") or one["en"] for one in people if "mail" in one}


def demo_accounts() -> dict[str, tuple[str, str]]:
    """(mail, password) by role, as the greeting prints them."""
    from sample import load

    rows = [line.split() for line in load.sign_ins() if "@" in line]
    return {row[0]: (row[1], row[2]) for row in rows}
