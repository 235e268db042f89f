"""`kill -9` of the served market while a firm's program accepts offers: each deal is before its
acceptance or after it, what was answered is there, the same key asks again safely, no repair."""

from __future__ import annotations

import os
import threading
import time
from collections import Counter

import pytest
from sqlalchemy import func, select

from core.ids import show
from core.models import Idempotency, Timer
from deals.actions.open_deal import open_deal
from deals.actions.send_inquiry import send_inquiry
from deals.models import AssetClaim, Deal, DealStep, PublicNotice
from tests import databases
from tests.deals.conftest import plant_listing
from tests.served.killing import House, housed

KILLS = int(os.environ.get("QIAOYI_KILLS", 20 // len(databases.KINDS)))
LEARNING = 4
"""Deals accepted unkilled: the first warms the market, the others say how long one takes."""
BEFORE, AFTER = ("talking", 0, 0, 0, 1, 0), ("notice", 1, 1, 1, 1, 1)
COUNTS = "request_count"
"""The one table whose rows are of minutes, not of what was done."""

pytestmark = pytest.mark.kill


@pytest.fixture(params=databases.KINDS)
def house(request, tmp_path, worker_id):
    made = housed(request.param, tmp_path, f"qiaoyi_served_{worker_id}")
    yield made
    made.market.kill()
    made.runtime.close()


def offered(house: House, number: int) -> str:
    """A deal with one offer of the institute, on a result of its own."""

    def plant(uow) -> None:
        plant_listing(uow, f"{number:032x}", f"asset{number}")

    run, stage = house.runtime.executor.run, house.stage
    run(stage.officer, plant)
    asked = stage.question(listing=f"{number:032x}")
    inquiry = run(stage.buyer, send_inquiry, asked, f"source {number}").ref
    deal = run(stage.officer, open_deal, inquiry).ref
    stage.offer(deal, stage.officer)
    return deal


class Firm:
    """Accepts offers through the API, each under a key of its own that it may repeat."""

    def __init__(self, house: House, token: str) -> None:
        self.house, self.token = house, token
        self.answered: list[str] = []
        self.unanswered: list[str] = []

    def accept(self, deal: str) -> float:
        """How long it took. Whatever comes without an answer is kept to be asked again."""
        began = time.monotonic()
        path = f"/api/v1/deals/{show('deal', deal)}/offers/1/accept"
        answer = self.house.market.ask("POST", path, self.token, {}, f"accept-{deal}")
        if answer is None:
            self.unanswered.append(deal)
        else:
            assert answer[0] == 200, answer
            self.answered.append(deal)
        return time.monotonic() - began

    def ask_again(self) -> None:
        waiting, self.unanswered = self.unanswered, []
        for deal in waiting:
            self.accept(deal)
        assert not self.unanswered


def standing(house: House, deal: str) -> tuple[str, int, int, int, int, int]:
    """State of a deal, and what its acceptance wrote in one commit."""

    def number(table, *which) -> int:
        return session.scalar(select(func.count()).select_from(table).where(*which)) or 0

    with house.runtime.database.read() as session:
        return (
            session.get_one(Deal, deal).state,
            number(DealStep, DealStep.deal == deal, DealStep.act == "accept"),
            number(PublicNotice, PublicNotice.about == f"deal:{deal}"),
            number(AssetClaim, AssetClaim.deal == deal),
            number(Timer, Timer.stream == f"deal:{deal}"),
            number(Idempotency, Idempotency.key.contains(f"accept-{deal}")),
        )


def test_acceptances_of_the_served_market_survive_kills(house, capsys):
    deals = iter([offered(house, number) for number in range(1, LEARNING + 2 * KILLS + 1)])
    house.runtime.worker.run_until_idle()
    house.runtime.search.close()
    firm, before = Firm(house, house.token("buyer")), house.rows()

    house.market.start()
    took = min([firm.accept(next(deals)) for _ in range(LEARNING)][1:])
    house.rest()
    grown = house.rows()
    met, after, began = 0, 0, time.monotonic()
    for kill in range(KILLS):
        if kill:
            house.market.start()
            house.market.find("散热膜")
            firm.ask_again()
        firm.accept(next(deals))  # its messages and its notice are on their way at the kill
        aimed = next(deals)
        asking = threading.Thread(target=firm.accept, args=(aimed,))
        asking.start()
        await_moment(house, aimed, asking, took, kill)
        house.market.kill()
        asking.join()
        assert all(standing(house, deal) == AFTER for deal in firm.answered)
        assert standing(house, aimed) in {BEFORE, AFTER}
        met += aimed in firm.unanswered
        after += aimed in firm.unanswered and standing(house, aimed) == AFTER
    with capsys.disabled():
        print(
            f"\n{KILLS} kills in {time.monotonic() - began:.0f} s, of requests of "
            f"{took * 1000:.0f} ms: {met} before the answer, of which {after} after the commit"
        )
    assert met >= KILLS // 2, "the kills missed the acceptances"
    assert after >= KILLS // 10, "the kills missed the time between commit and answer"

    house.market.forks = False
    house.market.start()
    firm.ask_again()
    house.rest()
    house.market.find("散热膜")
    house.market.stop()
    house.check_whole()
    assert sorted(Counter(firm.answered).values()) == [1] * (LEARNING + 2 * KILLS)
    assert {standing(house, deal) for deal in firm.answered} == {AFTER}
    assert house.rows() - Counter({COUNTS: 10**9}) == expected(before, grown)


def await_moment(house: House, deal: str, asking: threading.Thread, took: float, kill: int) -> None:
    """Every other kill comes at a fraction of how long a request takes, the rest as soon as
    anybody can see that the deal is accepted: then the answer is still to be given."""
    if kill % 2 == 0:
        time.sleep(took * (kill + 1) / KILLS)
        return
    accepted = select(Deal.id).where(Deal.id == deal, Deal.state == "notice")
    seen = None
    while seen is None and asking.is_alive():
        with house.runtime.database.read() as session:
            seen = session.scalar(accepted)


def expected(before: Counter[str], grown: Counter[str]) -> Counter[str]:
    """Every acceptance adds to each table what an unkilled one does."""
    found: Counter[str] = Counter()
    for name in grown.keys() - {COUNTS}:
        each, rest = divmod(grown[name] - before[name], LEARNING)
        assert not rest, f"four acceptances added {rest} odd rows to {name}"
        found[name] = before[name] + each * (LEARNING + 2 * KILLS)
    return +found
