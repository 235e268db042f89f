"""`kill -9` of the market while its start builds the search index: the old index or the new one,
never a part that passes for the whole, and the next start goes on by itself.

A start that builds opens its doors when it is done, so a killed one is followed by the next, which
is killed in turn; every `EVERY`th is left to open, asked, changed over the API, and killed with the
changes still on their way into the index.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from core.ids import show
from listings.models import Listing
from search import generations
from search.analysts import FEW
from search.generations import Damaged, Generation
from tests import databases
from tests.deals.conftest import plant_listing
from tests.served.killing import House, housed, wait_for

KILLS = int(os.environ.get("QIAOYI_KILLS", "20"))
EVERY = 5
RESULTS = FEW + 400
"""So many that children analyse them, whom a kill of the market alone leaves behind."""
CHANGED = 3
BUILDS = "Building the search index."

pytestmark = pytest.mark.kill


@pytest.fixture
def house(tmp_path, worker_id):
    """As `make serve` opens it; an index of files is the same whatever holds the rows."""
    made = housed(databases.KINDS[0], tmp_path, f"qiaoyi_rebuilt_{worker_id}")
    for first in range(1, RESULTS, 200):
        numbers = range(first, min(first + 200, RESULTS))
        made.runtime.executor.run(made.stage.officer, plant_many, numbers)
    made.runtime.search.close()
    yield made
    made.market.kill()
    made.runtime.close()


def plant_many(uow, numbers: range) -> None:
    for number in numbers:
        plant_listing(uow, f"{number:032x}", f"asset{number}")


class Index:
    """What the killed market left on disk, looked at without touching it."""

    def __init__(self, house: House) -> None:
        self.root: Path = house.runtime.settings.data_dir / "index"
        self.market = house.market

    def launched(self) -> None:
        """A start that builds, from the moment at which it says so."""
        before = self.builds()
        self.market.launch()
        wait_for(lambda: self.builds() > before, "the start did not build", pause=0.01)

    def whole(self) -> bool:
        """Whether the next start takes it as it is."""
        folder = generations.pointed(self.root)
        try:
            return folder is not None and Generation(folder).complete()
        except Damaged:
            return False

    def holds(self) -> int:
        folder = generations.pointed(self.root)
        assert folder is not None
        return Generation(folder).index.searcher().num_docs

    def grow_old(self) -> None:
        """As after an update of the market that reads texts in another way."""
        folder = generations.pointed(self.root)
        assert folder is not None
        path = folder / "manifest.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | {"analysis": "an earlier one"}))

    def builds(self) -> int:
        """How many starts said that they build."""
        return self.market.log.read_text().count(BUILDS) if self.market.log.exists() else 0


def test_rebuilds_of_the_served_market_survive_kills(house, capsys):
    index, market, token = Index(house), house.market, house.token("officer")
    took = time_unkilled(house, index)
    withdrawn: list[int] = []
    met, began = 0, time.monotonic()
    for kill in range(KILLS):
        if index.whole():
            index.grow_old()
        index.launched()
        time.sleep(1.1 * took * kill / KILLS)
        market.kill(alone=kill % 2 == 1)
        met += not index.whole()
        if index.whole():
            assert index.holds() == RESULTS
        if kill % EVERY == EVERY - 1:
            market.start()
            market.find("散热膜")
            withdrawn += withdraw(house, token, range(kill * 10 + 1, kill * 10 + 1 + CHANGED))
            market.kill()
    with capsys.disabled():
        print(
            f"\n{KILLS} kills in {time.monotonic() - began:.0f} s, of rebuilds of {took:.1f} s: "
            f"{met} before the new index was in use"
        )
    assert met >= KILLS // 2, "the kills missed the rebuilds"

    market.forks = False
    market.start()
    house.rest()
    market.find("散热膜")
    market.stop()
    house.check_whole()
    with house.runtime.database.read() as session:
        gone = session.scalars(select(Listing.id).where(Listing.state == "withdrawn"))
        assert set(gone) == {f"{number:032x}" for number in withdrawn}


def time_unkilled(house: House, index: Index) -> float:
    """Seconds from the first word of building to open doors; leaves an index that is caught up."""
    index.launched()
    began = time.monotonic()
    wait_for(index.whole, "the index was never whole", pause=0.01)
    took = time.monotonic() - began
    house.market.await_doors()
    house.rest()
    house.market.kill()
    assert index.holds() == RESULTS
    return took


def withdraw(house: House, token: str, numbers: range) -> list[int]:
    """Takes results off the market; each is answered."""
    for number in numbers:
        path = f"/api/v1/listings/{show('listing', f'{number:032x}')}/withdraw"
        answer = house.market.ask("POST", path, token, {"reason": "sold"}, f"sold-{number:04}")
        assert answer is not None
        assert answer[0] == 200, answer
    return list(numbers)
