"""`kill -9` of the serving process during imports: no row lost, no row twice, no repair by hand.

A killed batch's lease must pass before its import goes on, so many imports wait in line: every
start goes on with another one, and each kill meets one at work.
"""

from __future__ import annotations

import io
import os
import random
import signal
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import func, select

import bootstrap
from accounts.queries import load_actor
from accounts.registration import OrganisationDraft
from accounts.seeding import Registrar
from bootstrap import Runtime
from core.audit import verify_streams
from core.models import IndexState, Job, Outbox
from core.settings import Settings
from listings.importing.actions.check_import import check_import
from listings.importing.actions.map_columns import map_columns
from listings.importing.actions.run_import import run_import
from listings.importing.desk import take_file
from listings.importing.models import Import
from listings.importing.queries import import_page
from listings.models import Listing, ListingText, PatentFacts
from migrations import running
from search import indexer
from tests.browser.conftest import Served

KILLS = int(os.environ.get("QIAOYI_KILLS", "20"))
ROWS = 40
PATIENCE = 90
PASSWORD = "quiet rivers carry far"
_THINGS = ["valve", "pump", "sensor", "alloy", "membrane", "antenna", "enzyme", "drill"]
_PLACES = ["ships", "mines", "kilns", "orchards", "tunnels", "clinics", "dams", "looms"]

pytestmark = pytest.mark.kill


@dataclass
class House:
    """The institute that imports, in this process, while no market serves."""

    runtime: Runtime
    officer: str
    institute: str

    def actor(self):
        database = self.runtime.database
        with database.read() as session:
            return load_actor(session, self.officer, database.now(session))

    def take(self, number: int) -> str:
        """One file, taken in and with its columns confirmed."""
        executor, stream = self.runtime.executor, io.BytesIO(table(number).encode())
        id = take_file(executor, self.actor(), self.institute, f"{number}.csv", stream).ref
        with self.runtime.database.read() as session:
            mapping = import_page(session, self.actor(), id).mapping.to_json()
        executor.run(self.actor(), map_columns, id, mapping, publish=True)
        return id

    def start(self, imports: list[str], action) -> None:
        for id in imports:
            self.runtime.executor.run(self.actor(), action, id)

    def states(self) -> Counter[str]:
        with self.runtime.database.read() as session:
            return Counter(session.scalars(select(Import.state)))


def table(number: int) -> str:
    """Rows of which no two are alike: their figures differ, and so do their patent numbers."""
    lines = ["title,abstract,patent number"]
    for row in range(ROWS):
        thing, place = _THINGS[row % 8], _PLACES[row // 8 % 8]
        title = f"Series {number} item {row}: {thing} for {place}"
        abstract = f"It serves {place} where a {thing} is worn down."
        lines.append(f'{title},{abstract},"US {number + 10},{row:03},100"')
    return "\n".join(lines) + "\n"


def opened(folder: Path) -> Runtime:
    return bootstrap.build(Settings(_env_file=None, env="development", data_dir=folder))


@pytest.fixture
def house(tmp_path):
    runtime = opened(tmp_path / "data")
    running.upgrade(runtime.database)
    registrar = Registrar(runtime.executor)
    operator = registrar.person("operator@example.org", "Ou", PASSWORD, "en")
    registrar.operator({"en": "Market office", "zh": "市场办公室"}, "91330100MA0000000X", operator)
    officer = registrar.person("officer@example.org", "Fei", PASSWORD, "en")
    draft = OrganisationDraft(
        kind="institute",
        names={"en": "Lakeside Institute"},
        number="HRB 1",
        country="DE",
        register="Handelsregister",
        original="en",
    )
    institute = registrar.organisation(officer, draft, vetted_by=operator)
    yield House(runtime, officer, institute)
    runtime.close()


def kill(market: Served) -> None:
    os.killpg(market.process.pid, signal.SIGKILL)
    market.process.wait()


def progress(runtime: Runtime) -> int:
    with runtime.database.read() as session:
        return session.scalar(select(func.count()).select_from(Listing)) or 0


def test_every_row_is_there_once_whatever_is_killed(house, tmp_path):
    runtime, rng = house.runtime, random.Random(11)
    files = KILLS + 4
    imports = [house.take(number) for number in range(files)]
    house.start(imports, check_import)
    runtime.worker.run_until_idle()
    assert house.states() == {"checked": files}
    house.start(imports, run_import)
    runtime.search.close()

    market, met = Served(tmp_path / "data", "--no-sample"), 0
    for _ in range(KILLS):
        before = progress(runtime)
        market.start()
        time.sleep(rng.uniform(0.05, 1.6))
        kill(market)
        with runtime.database.read() as session:
            at_work = select(func.count()).where(Job.state == "ready", Job.progress > 0)
            met += bool(session.scalar(at_work)) and progress(runtime) > before
    print(f"{KILLS} kills, {met} of them while rows were being written; {progress(runtime)} rows")
    assert met >= KILLS // 2, "the kills missed the imports"

    market.start()
    wait_for(lambda: house.states() == {"done": files}, "the imports did not end")
    wait_for(lambda: _idle(runtime), "the queues did not empty")
    market.stop()

    with runtime.database.read() as session:
        titles = Counter(session.scalars(select(ListingText.title)))
        numbers = Counter(session.scalars(select(PatentFacts.grant_number)))
        states = set(session.scalars(select(Listing.state)))
        counts = [row.counts for row in session.scalars(select(Import))]
        assert verify_streams(session).sound
    wanted = {f"Series {n} item {row}" for n in range(files) for row in range(ROWS)}
    assert {title.split(":")[0] for title in titles} == wanted
    assert max(titles.values()) == 1
    assert max(numbers.values()) == 1
    assert states == {"published"}
    assert all(one["imported"] == ROWS for one in counts), counts
    again = opened(tmp_path / "data")
    assert indexer.check(again.database, again.search, again.loaders).clean
    again.close()


def wait_for(reached, otherwise: str) -> None:
    end = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < end, otherwise
        time.sleep(0.3)


def _idle(runtime: Runtime) -> bool:
    with runtime.database.read() as session:
        letters = select(func.count()).select_from(Outbox)
        behind = select(func.count()).where(IndexState.not_before.is_not(None))
        return not session.scalar(letters) and not session.scalar(behind)
