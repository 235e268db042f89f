"""Two at once: one outcome each, on every database. `QIAOYI_RACES` sets the rounds (100 in CI)."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import func, select

from core.actor import ANONYMOUS
from core.errors import Refused
from deals.actions.accept_offer import accept_offer
from deals.actions.make_offer import make_offer
from deals.actions.object_to_notice import object_to_notice
from deals.actions.walk_away import walk_away
from deals.actions.withdraw_offer import withdraw_offer
from deals.models import AssetClaim, DealStep, Objection, Offer, PublicNotice
from tests.deals.conftest import terms

ROUNDS = int(os.environ.get("QIAOYI_RACES", "100"))
FACTS = "净销售额应包括海外子公司。"


def race(*works: Callable[[], object]) -> list[str]:
    """Starts all at one barrier; the code of each one's refusal, or `done`."""
    barrier, ends = threading.Barrier(len(works)), ["hung"] * len(works)

    def run(number: int, work: Callable[[], object]) -> None:
        barrier.wait()
        try:
            work()
            ends[number] = "done"
        except Refused as refused:
            ends[number] = refused.code

    threads = [threading.Thread(target=run, args=one) for one in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return ends


def count(stage, model, *where) -> int:
    with stage.executor.database.read() as session:
        return session.scalar(select(func.count()).select_from(model).where(*where))


@pytest.fixture
def play(stage, clock):
    """Deals on fresh ground: each round asks an hour later, so that no limit is met."""

    def begin(**more: object) -> str:
        clock.move(timedelta(minutes=61))
        return stage.open(**more)

    return begin


def test_double_acceptance(stage, play):
    run = stage.executor.run
    for _ in range(ROUNDS):
        deal = play(way="ordinary")
        version = stage.offer(deal, stage.buyer, way="ordinary", valid_until=None)
        ends = race(
            lambda d=deal, v=version: run(stage.officer, accept_offer, d, v),
            lambda d=deal, v=version: run(stage.second, accept_offer, d, v),
        )
        assert sorted(ends) == ["done", "wrong_state_of_deal"]
        assert count(stage, PublicNotice, PublicNotice.about == f"deal:{deal}") == 1
        assert count(stage, DealStep, DealStep.deal == deal, DealStep.act == "accept") == 1


def test_one_exclusive_right_two_deals(stage, play):
    run = stage.executor.run
    for _ in range(max(1, ROUNDS // 2)):
        deals = [play(), play()]
        offers = [stage.offer(deal, stage.buyer, valid_until=None) for deal in deals]
        ends = race(
            partial(run, stage.officer, accept_offer, deals[0], offers[0]),
            partial(run, stage.second, accept_offer, deals[1], offers[1]),
        )
        assert sorted(ends) == ["done", "way_taken"]
        assert count(stage, AssetClaim) == 1
        for deal in deals:
            run(stage.buyer, walk_away, deal, "price")
        assert count(stage, AssetClaim) == 0


def test_acceptance_against_withdrawal_and_counter_offer(stage, play):
    run = stage.executor.run
    for _ in range(max(1, ROUNDS // 2)):
        deal = play(way="ordinary")
        version = stage.offer(deal, stage.buyer, way="ordinary", valid_until=None)
        better = terms(way="ordinary", royalty=350, valid_until=None)
        ends = race(
            lambda d=deal, v=version: run(stage.officer, accept_offer, d, v),
            lambda d=deal, v=version: run(stage.buyer, withdraw_offer, d, v),
            lambda d=deal, v=version, b=better: run(stage.second, make_offer, d, b, v),
        )
        assert ends.count("done") == 1
        assert count(stage, Offer, Offer.deal == deal, Offer.state == "accepted") == ends[:1].count(
            "done"
        )


def test_objection_at_the_deadline(stage, play, clock):
    """Whoever settles, an objection either counts and blocks, or came too late and is no row."""
    run, settle = stage.executor.run, stage.executor.settle
    for number in range(ROUNDS):
        deal = play(way="ordinary")
        version = stage.offer(deal, stage.buyer, way="ordinary", valid_until=None)
        run(stage.officer, accept_offer, deal, version)
        notice = stage.notice(deal)
        clock.set(notice.ends_at - timedelta(microseconds=number % 2))

        def pass_deadline(deal=deal, ends=notice.ends_at) -> None:
            clock.set(ends)
            settle(f"deal:{deal}")

        ends = race(
            lambda n=notice.id: run(ANONYMOUS, object_to_notice, n, "某人", "a@b.example", FACTS),
            pass_deadline,
        )
        assert ends[1] == "done"
        entered = count(stage, Objection, Objection.notice == notice.id)
        assert entered == (ends[0] == "done")
        assert ends[0] in {"done", "notice_ended", "wrong_state_of_deal"}
        assert stage.deal(deal).state == ("objected" if entered else "confirmed")
