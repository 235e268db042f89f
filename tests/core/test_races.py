"""Contested writes: threads start at a barrier; exactly one may win, and the chains stay whole."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select

from core.audit import verify_streams
from core.errors import Refused
from core.models import Approval, Audit
from core.results import Done, Refusal
from tests.core import toy
from tests.core.toy import ToyDeal, ToyObligation, ToySeat, person

ROUNDS = 60


def contend(contenders: int, rounds: int, act: Callable[[int, int], Any]) -> list[tuple[Any, ...]]:
    """Every contender does round i at the same moment; answers (or the refusal's name) by round."""
    barrier = threading.Barrier(contenders)
    out: list[list[Any]] = [[] for _ in range(contenders)]

    def run(contender: int) -> None:
        for i in range(rounds):
            barrier.wait(60)
            try:
                out[contender].append(act(i, contender))
            except Refused as refused:
                out[contender].append(refused.code)

    threads = [threading.Thread(target=run, args=(j,)) for j in range(contenders)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return list(zip(*out, strict=True))


def deals(market, rounds=ROUNDS, notice_ms=10**7):
    return [market.run(person("o"), toy.open_deal, "t", notice_ms).ref for _ in range(rounds)]


def chain_faults(market):
    with market.database.read() as session:
        return verify_streams(session).faults


def test_double_acceptance_has_one_winner(market):
    ids = deals(market)
    rounds = contend(
        4, ROUNDS, lambda i, j: market.run(person(f"p{j}"), toy.accept_offer, ids[i], j)
    )
    for answers in rounds:
        assert sum(isinstance(answer, Done) for answer in answers) == 1
    with market.database.read() as session:
        offers = dict(session.execute(select(ToyDeal.id, ToyDeal.offer)).all())
    for id, answers in zip(ids, rounds, strict=True):
        assert isinstance(answers[offers[id]], Done)
    assert chain_faults(market) == []


def test_the_same_key_gives_everybody_the_same_answer(market):
    ids = deals(market)
    rounds = contend(
        3, ROUNDS, lambda i, _: market.once(person("u"), f"k{i}", toy.accept_offer, ids[i], 1)
    )
    assert all(set(answers) == {Done(ids[i])} for i, answers in enumerate(map(list, rounds)))


def test_one_key_on_two_streams_does_one_of_them(market):
    pairs = deals(market), deals(market)
    rounds = contend(
        2, ROUNDS, lambda i, j: market.once(person("u"), f"x{i}", toy.accept_offer, pairs[j][i], 1)
    )
    for answers in rounds:
        assert sorted(str(type(answer).__name__) for answer in answers) == ["Done", "str"]
        assert "key_reused" in answers


def test_the_deadline_is_settled_once_whoever_comes_first(market):
    ids = deals(market, notice_ms=0)
    for id in ids:
        market.run(person("o"), toy.accept_offer, id, 7)
    acts = [
        lambda id: market.settle(f"toy_deal:{id}"),
        lambda id: market.run(person("late"), toy.object_to_notice, id),
        lambda id: market.settle(f"toy_deal:{id}"),
    ]
    rounds = contend(3, ROUNDS, lambda i, j: acts[j](ids[i]))
    assert all(answers[1] == Refusal("too_late") for answers in rounds)
    with market.database.read() as session:
        raised = select(ToyObligation.ref, func.count()).group_by(ToyObligation.ref)
        assert [count for _, count in session.execute(raised)] == [1] * ROUNDS
        said = select(func.count()).where(Audit.body.like('%"confirmed"%'))
        assert session.scalar(said) == ROUNDS


def test_two_people_approve_and_neither_twice(market):
    ids = deals(market, notice_ms=0)
    for id in ids:
        market.run(person("o"), toy.accept_offer, id, 7)
        market.settle(f"toy_deal:{id}")
    with market.database.read() as session:
        owed = list(session.scalars(select(ToyObligation.id)))
    contend(
        3, ROUNDS, lambda i, j: market.run(person(f"p{min(j, 1)}"), toy.approve_payment, owed[i])
    )
    with market.database.read() as session:
        counts = session.scalars(select(func.count()).select_from(Approval).group_by(Approval.ref))
        assert set(counts) == {2}
        assert set(session.scalars(select(ToyObligation.state))) == {"paid"}


def test_a_scarce_right_is_granted_once_because_both_deals_lock_it(market):
    first, second = deals(market), deals(market)
    seats = [market.run(person("o"), toy.open_seat).ref for _ in range(ROUNDS)]
    rounds = contend(
        2,
        ROUNDS,
        lambda i, j: market.run(person("x"), toy.take_seat, (first, second)[j][i], seats[i]),
    )
    for answers in rounds:
        assert sorted(type(answer).__name__ for answer in answers) == ["Done", "Refusal"]
    with market.database.read() as session:
        assert None not in list(session.scalars(select(ToySeat.holder)))
