"""The unit of work on real databases: what it promises, and the Misuse it makes loud."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm.exc import DetachedInstanceError

from core.errors import KeyReused, Misuse, NotFound
from core.models import Audit, Idempotency, IndexState, Outbox, Stream, Timer
from core.results import Done, Refusal
from tests.core import toy
from tests.core.toy import ToyDeal, ToySeat, person


def scalars(market, query):
    with market.database.read() as session:
        return list(session.scalars(query))


def test_one_commit_writes_rows_chain_facts_timers_and_marks(market):
    deal = market.run(person("a"), toy.open_deal, "t", 60_000).ref
    assert market.run(person("b"), toy.accept_offer, deal, 5) == Done(deal)
    key = f"toy_deal:{deal}"
    assert scalars(market, select(Audit.seq).where(Audit.stream == key).order_by(Audit.seq)) == [
        1,
        2,
    ]
    assert scalars(market, select(Stream.seq).where(Stream.key == key)) == [2]
    topics = scalars(market, select(Outbox.topic).where(Outbox.consumer == "notify"))
    assert topics == ["toy.opened", "toy.noticed"]
    assert scalars(market, select(Timer.kind).where(Timer.stream == key)) == ["notice"]
    assert scalars(market, select(IndexState.wanted).where(IndexState.id == deal)) == [2]


def test_a_refusal_is_remembered_and_changes_no_row(market):
    deal = market.run(person("a"), toy.open_deal, "t", 60_000).ref
    market.run(person("a"), toy.accept_offer, deal, 1)
    assert market.run(person("b"), toy.accept_offer, deal, 2) == Refusal("already_accepted")
    assert scalars(market, select(ToyDeal.offer)) == [1]


def test_the_same_key_gives_the_same_answer_for_ever(market):
    deal = market.run(person("a"), toy.open_deal, "t", 60_000).ref
    first = market.once(person("a"), "k", toy.accept_offer, deal, 1)
    assert market.once(person("a"), "k", toy.accept_offer, deal, 1) == first
    assert len(scalars(market, select(Idempotency.key))) == 1
    with pytest.raises(KeyReused):
        market.once(person("a"), "k", toy.accept_offer, deal, 2)


def test_what_is_due_is_settled_before_the_command_runs(market):
    deal = market.run(person("a"), toy.open_deal, "t", 0).ref
    market.run(person("a"), toy.accept_offer, deal, 7)
    assert market.run(person("late"), toy.object_to_notice, deal) == Refusal("too_late")
    assert scalars(market, select(ToyDeal.state)) == ["confirmed"]
    assert scalars(market, select(toy.ToyObligation.amount)) == [7]


def test_a_rule_that_refuses_leaves_nothing_behind(market):
    deal = market.run(person("a"), toy.open_deal, "t", 0).ref
    before = len(scalars(market, select(Audit.n)))
    with pytest.raises(NotFound):
        market.run(person("banned"), toy.accept_offer, deal, 7)
    assert len(scalars(market, select(Audit.n))) == before


def write_before_lock(uow, deal):
    uow.session.add(ToySeat())
    return Done()


def use_old_object(uow, deal):
    kept = []
    uow.check(lambda session, actor: kept.append(session.get(ToyDeal, deal)))
    uow.lock(ToyDeal, deal)
    return Done(kept[0].title)


def write_without_lock(uow, deal):
    at = uow.lock(ToyDeal, deal)
    at.record("x")
    at.add(toy.ToyObjection(deal="another", person="p", at=at.now))
    return Done()


def change_without_entry(uow, deal):
    uow.lock(ToyDeal, deal).row.messages += 1
    return Done()


def refuse_and_change(uow, deal):
    at = uow.lock(ToyDeal, deal)
    at.row.messages += 1
    at.record("x")
    return Refusal("no")


def lock_backwards(uow, deal):
    seat = uow.find(ToySeat.id)[0]
    uow.lock(ToySeat, seat)
    uow.lock(ToyDeal, deal)
    return Done()


def bulk_update(uow, deal):
    uow.lock(ToyDeal, deal)
    uow.session.execute(update(ToyDeal).values(messages=9))
    return Done()


def find_what_changes(uow, deal):
    uow.find(ToyDeal.state)
    return Done()


def record_prose(uow, deal):
    uow.lock(ToyDeal, deal).record("said", text="a whole sentence of somebody")
    return Done()


def change_what_is_fixed(uow, deal):
    at = uow.lock(ToyDeal, deal)
    at.row.notice_ms = 7
    at.record("x")
    return Done()


def use_now_before_locking(uow, deal):
    at = uow.lock(ToyDeal, deal)
    uow.finish(Done())
    at.record("after the end")
    return Done()


@pytest.mark.parametrize(
    ("action", "sentence"),
    [
        (write_before_lock, "before the first lock"),
        (write_without_lock, "without its lock"),
        (change_without_entry, "nothing was recorded"),
        (refuse_and_change, "rows were changed"),
        (lock_backwards, "lock in order"),
        (bulk_update, "through the session"),
        (find_what_changes, "may change"),
        (record_prose, "looks like text"),
        (change_what_is_fixed, "never changes"),
        (use_now_before_locking, "has ended"),
    ],
)
def test_misuse_is_loud(market, action, sentence):
    deal = market.run(person("a"), toy.open_deal, "t", 60_000).ref
    market.run(person("a"), toy.open_seat)
    with pytest.raises(Misuse, match=sentence):
        market.run(person("a"), action, deal)
    assert scalars(market, select(ToyDeal.messages)) == [0]


def test_an_object_read_before_the_lock_cannot_be_used_after_it(market):
    deal = market.run(person("a"), toy.open_deal, "t", 60_000).ref
    with pytest.raises(DetachedInstanceError):
        market.run(person("a"), use_old_object, deal)


def test_settling_that_leaves_its_timer_due_is_an_error(market):
    deal = market.run(person("a"), toy.open_deal, "t", 0).ref
    market.run(person("a"), toy.accept_offer, deal, 7)
    market.settlers = {"toy_deal": lambda uow, id: (uow.lock(ToyDeal, id), Done())[1]}
    with pytest.raises(Misuse, match="left"):
        market.run(person("b"), toy.say, deal, "x")


def test_an_action_takes_ids_not_rows(market):
    with pytest.raises(Misuse, match="ids, not rows"):
        market.run(person("a"), toy.say, ToyDeal(title="t", notice_ms=1), "x")
