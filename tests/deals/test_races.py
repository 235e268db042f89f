"""Two at once: one outcome each, on every database, and in every snapshot in between."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import func, select, text

from core.actor import ANONYMOUS
from deals.actions.accept_offer import accept_offer
from deals.actions.make_offer import make_offer
from deals.actions.object_to_notice import object_to_notice
from deals.actions.post_terms import post_terms
from deals.actions.show_posting import show_posting
from deals.actions.take_terms import take_terms
from deals.actions.walk_away import walk_away
from deals.actions.withdraw_offer import withdraw_offer
from deals.actions.withdraw_terms import withdraw_terms
from deals.models import AssetClaim, Deal, DealStep, Objection, Offer, Posting, PublicNotice
from deals.posting import Posted
from tests.deals.conftest import LISTING, OWN_RULES, picture, terms
from tests.racing import NAMED, ROUNDS, UNBALANCED, Watcher, faults, race

FACTS = "净销售额应包括海外子公司。"


def count(stage, model, *where) -> int:
    with stage.executor.database.read() as session:
        return session.scalar(select(func.count()).select_from(model).where(*where))


ACCEPTED = "SELECT 1 FROM offer WHERE offer.deal = deal.id AND offer.state = 'accepted'"
OPEN = """SELECT 1 FROM public_notice AS n JOIN objection ON objection.notice = n.id
    WHERE n.about = 'deal:' || deal.id AND objection.state = 'open'"""
UNSHOWN = """SELECT 1 FROM public_notice AS n
    WHERE n.id = deal.notice AND n.asks_proof AND n.shown_until IS NULL"""
torn = faults(text(f"""
    SELECT 'accepted twice: ' || deal FROM offer WHERE state = 'accepted'
        GROUP BY deal HAVING COUNT(*) > 1
    UNION ALL SELECT 'on notice twice: ' || about FROM public_notice WHERE state = 'running'
        GROUP BY about HAVING COUNT(*) > 1
    UNION ALL SELECT 'contradicts itself: ' || id FROM deal WHERE
        (state = 'talking' AND EXISTS ({ACCEPTED}))
        OR (state IN ('notice', 'objected', 'confirmed') AND NOT EXISTS ({ACCEPTED}))
        OR (state = 'objected' AND NOT EXISTS ({OPEN}) AND NOT EXISTS ({UNSHOWN}))
        OR (state = 'confirmed' AND EXISTS ({UNSHOWN}))
        OR (state = 'confirmed' AND EXISTS ({OPEN}))
    UNION ALL {UNBALANCED}
"""))  # fmt: skip
"""Deals whose rows contradict each other, and money: no snapshot may show one."""


@pytest.fixture
def watcher(stage):
    """Reads beside the racers; what it saw is asked for when the test is over."""
    made = Watcher(stage.executor.database, torn)
    yield made
    assert made.seen
    assert made.faults == []


@pytest.fixture
def play(stage, clock):
    """Deals on fresh ground: each round asks an hour later, so that no limit is met."""

    def begin(**more: object) -> str:
        clock.move(timedelta(minutes=61))
        return stage.open(**more)

    return begin


def test_double_acceptance(stage, play, watcher):
    run = stage.executor.run
    for _ in range(NAMED):
        deal = play(way="ordinary")
        version = stage.offer(deal, stage.buyer, way="ordinary", valid_until=None)
        ends = race(
            lambda d=deal, v=version: run(stage.officer, accept_offer, d, v),
            lambda d=deal, v=version: run(stage.second, accept_offer, d, v),
            watcher=watcher,
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


def test_the_last_moment_withdrawal_of_published_terms(stage, clock, watcher):
    """Whoever takes them either has a deal, whose notice runs, or was told that they are gone."""
    run = stage.executor.run
    nothing = {"entry_fee": None, "royalty": None, "royalty_base": "", "valid_until": None}
    price = terms(way="ordinary", lump_sum=80_000_000, **nothing)
    posted = Posted("fixed_price", price, mode_reason=OWN_RULES)
    for _ in range(NAMED):
        clock.move(timedelta(minutes=1))
        posting = run(stage.officer, post_terms, LISTING, posted).ref
        ends = race(
            partial(run, stage.stranger, take_terms, posting, "rival", confirmed=True),
            partial(run, stage.second, withdraw_terms, posting),
            watcher=watcher,
        )
        assert ends[1] == "done"
        assert ends[0] in {"done", "terms_withdrawn"}
        taken = ends[0] == "done"
        assert count(stage, Deal, Deal.posting == posting) == taken
        assert count(stage, Posting, Posting.id == posting, Posting.state == "withdrawn") == 1
        if taken:
            run(stage.officer, walk_away, the_deal(stage, posting), "price")


def the_deal(stage, posting: str) -> str:
    with stage.executor.database.read() as session:
        return session.scalars(select(Deal.id).where(Deal.posting == posting)).one()


def test_objection_at_the_deadline(stage, play, clock, watcher):
    """Whoever settles, an objection either counts and blocks, or came too late and is no row."""
    run, settle = stage.executor.run, stage.executor.settle
    for number in range(NAMED):
        deal = play(way="ordinary")
        version = stage.offer(deal, stage.buyer, way="ordinary", valid_until=None)
        run(stage.officer, accept_offer, deal, version)
        stage.hang(deal)
        clock.set(stage.last_morning(deal))
        stage.hang(deal, "last")
        notice = stage.notice(deal)
        clock.set(notice.ends_at - timedelta(microseconds=number % 2))

        def pass_deadline(deal=deal, ends=notice.ends_at) -> None:
            clock.set(ends)
            settle(f"deal:{deal}")

        ends = race(
            lambda n=notice.id: run(ANONYMOUS, object_to_notice, n, "某人", "a@b.example", FACTS),
            pass_deadline,
            watcher=watcher,
        )
        assert ends[1] == "done"
        entered = count(stage, Objection, Objection.notice == notice.id)
        assert entered == (ends[0] == "done")
        assert ends[0] in {"done", "notice_ended", "wrong_state_of_deal"}
        assert stage.deal(deal).state == ("objected" if entered else "confirmed")


def test_two_who_show_it_at_once_begin_one_period(stage, play, watcher):
    run = stage.executor.run
    for _ in range(ROUNDS):
        deal = play(way="ordinary")
        version = stage.offer(deal, stage.buyer, way="ordinary", valid_until=None)
        run(stage.officer, accept_offer, deal, version)
        notice = stage.notice(deal).id
        ends = race(
            lambda n=notice: run(stage.officer, show_posting, n, picture("first")),
            lambda n=notice: run(stage.second, show_posting, n, picture("first")),
            watcher=watcher,
        )
        assert ends == ["done", "done"]
        begun = [step for step in steps(stage, deal) if "last_day" in step.evidence]
        assert len(begun) == 1
        assert str(stage.notice(deal).last_day) == begun[0].evidence["last_day"]


def test_the_last_picture_at_the_deadline(stage, play, clock, watcher):
    """Whoever settles, it is confirmed once the last day is shown, and not before."""
    run, settle = stage.executor.run, stage.executor.settle
    for number in range(ROUNDS):
        deal = play(way="ordinary")
        version = stage.offer(deal, stage.buyer, way="ordinary", valid_until=None)
        run(stage.officer, accept_offer, deal, version)
        stage.hang(deal)
        notice = stage.notice(deal)
        clock.set(notice.ends_at - timedelta(microseconds=number % 2))

        def pass_deadline(deal=deal, ends=notice.ends_at) -> None:
            clock.set(ends)
            settle(f"deal:{deal}")

        ends = race(
            lambda n=notice.id: run(stage.officer, show_posting, n, picture("last")),
            pass_deadline,
            watcher=watcher,
        )
        assert ends == ["done", "done"]
        settle(f"deal:{deal}")
        assert stage.deal(deal).state == "confirmed"


def steps(stage, deal: str) -> list[DealStep]:
    with stage.executor.database.read() as session:
        return list(
            session.scalars(select(DealStep).where(DealStep.deal == deal).order_by(DealStep.n))
        )
