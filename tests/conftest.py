"""Fixtures for every area: a real database, the market wired by bootstrap, a clock that stands."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import bootstrap
from bootstrap import Runtime
from core.clock import SetClock
from core.database import Database
from core.executor import Executor
from core.models import Base
from core.settings import Settings
from migrations import running
from search import indexer
from tests import databases
from tests.breadth import WHOLE, case_of, is_turn

pytest_plugins = ["tests.sampled"]
settings.register_profile("market", suppress_health_check=[HealthCheck.too_slow], deadline=None)
settings.load_profile("market")  # a busy machine is no fault of what is tested

LONG = {"kill", "browser"}
CONTESTED = {"core", "search", "migrations", "worker"}
"""Folders where the database itself is what is tested."""
AT_ONCE = {"race", "racing", "threading", "Thread", "ThreadPoolExecutor"}
"""What a module with a race in it imports."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Files that take longest begin first, so that no processor waits for another at the end.

    Where both databases are there, races, kills, searches and the core are tried on both. Use cases
    take turns, test by test (`breadth`). Pages and operations of the API are the same whatever
    holds the rows: they run on SQLite, the whole market's on PostgreSQL (see `sampled`). A module
    that asks the database itself something says `EVERY_DATABASE = True`; one of two whole markets,
    or of a pair that start refuses with the other, `ONLY_DATABASE` and which.
    """
    left = [item for item in items if _asked_already(item)]
    items[:] = [item for item in items if item not in set(left)]
    config.hook.pytest_deselected(items=left)

    def shortness(item: pytest.Item) -> tuple[bool, bool, bool]:
        kills = any(mark.name in LONG for mark in item.iter_markers())
        return not kills, "trust" not in item.path.parts, "races" not in item.path.stem

    items.sort(key=shortness)


def _asked_already(item: pytest.Item) -> bool:
    spec, module = getattr(item, "callspec", None), getattr(item, "module", None)
    kind = spec.params.get("_market") if spec else None
    if kind is None or len(databases.KINDS) < 2:
        return False
    if alone := getattr(module, "ONLY_DATABASE", None):
        return bool(kind != alone)
    if WHOLE or hasattr(module, "EVERY_DATABASE") or _contested(item):
        return False
    if item.path.parent.name in {"webapp", "api"} or "pages" in item.path.stem:
        return bool(kind == databases.KINDS[-1])
    return not is_turn(case_of(item, *databases.KINDS), databases.KINDS.index(kind), 2)


def _contested(item: pytest.Item) -> bool:
    """Whether it is of what two do at once, or of what a dead process leaves."""
    folder, imported = item.nodeid.split("/")[1], vars(getattr(item, "module", item)).keys()
    long = any(mark.name in LONG for mark in item.iter_markers())
    return folder in CONTESTED or bool(AT_ONCE & imported) or long


START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""Monday morning, nine o'clock in Shanghai."""


class TestClock(SetClock):
    """The market's time in tests: `set` it, or `move` it forward."""

    __test__ = False

    def set(self, now: datetime) -> None:
        self.now = now

    def move(self, by: timedelta) -> None:
        self.now += by


@pytest.fixture(scope="session", autouse=True)
def _no_outside() -> Iterator[None]:
    """No test reaches beyond this machine: a library that tries is an error, not a delay."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else "127.0.0.1"
        if host not in {"127.0.0.1", "localhost", "::1"}:
            raise AssertionError(f"a test wants to reach {host}")
        real(self, address)

    socket.socket.connect = connect  # type: ignore[method-assign]
    yield
    socket.socket.connect = real  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "one")


Made = tuple[Runtime, TestClock]


@pytest.fixture(scope="session")
def _markets(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[Callable[[str], Made]]:
    """A market on each database, made once: pytest itself would end the one on the first database
    when a file comes to the second, and begin it anew, migrations and all, for the next file."""
    made: dict[str, Made] = {}

    def market(kind: str) -> Made:
        if kind not in made:
            folder: Path = tmp_path_factory.mktemp("market")
            clock = TestClock(START)
            settings = Settings(
                _env_file=None,
                env="test",
                data_dir=folder,
                database_url=databases.url_of(kind, folder, f"qiaoyi_test_{worker_id}"),
                secret_key="only-for-tests-only-for-tests-only",
                search_per_minute=10**6,
            )
            made[kind] = bootstrap.build(settings, clock), clock
            running.upgrade(made[kind][0].database)
        return made[kind]

    yield market
    for runtime, _ in made.values():
        runtime.close()


@pytest.fixture(scope="session", params=databases.KINDS)
def _market(request: pytest.FixtureRequest, _markets: Callable[[str], Made]) -> Made:
    return _markets(request.param)


@pytest.fixture(scope="module")
def _nothing_indexed(_market: Made) -> None:
    """What an earlier file put into the index is gone with its rows."""
    runtime, _ = _market
    databases.empty(runtime.database, Base.metadata)
    indexer.reindex(runtime.database, runtime.search, runtime.loaders)


@pytest.fixture
def runtime(_market: Made, _nothing_indexed: None) -> Runtime:
    runtime, clock = _market
    databases.empty(runtime.database, Base.metadata)
    clock.set(START)
    runtime.executor.stats.clear()
    return runtime


@pytest.fixture
def clock(_market: Made) -> TestClock:
    return _market[1]


@pytest.fixture
def database(runtime: Runtime) -> Database:
    return runtime.database


@pytest.fixture
def executor(runtime: Runtime) -> Executor:
    return runtime.executor


@pytest.fixture
def drain(runtime: Runtime) -> Callable[[], None]:
    """Delivers facts, fires timers, runs jobs and feeds the index until nothing is left to do."""

    def run() -> None:
        runtime.worker.run_until_idle()
        stats = runtime.executor.stats
        failed = {name: n for name, n in stats.items() if name.startswith(("postponed", "timer"))}
        assert not failed, f"reactions or timers failed and were put off: {failed}"

    return run


__all__ = ["START", "TestClock"]
