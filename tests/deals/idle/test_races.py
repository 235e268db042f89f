"""Two at once over one unused result: one outcome each, on every database."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from deals.idle.actions.answer_use import answer_use
from deals.idle.actions.end_use import end_use
from tests.racing import ROUNDS, race

FEW = max(1, ROUNDS // 2)


def test_two_makers_declare_at_once(unused):
    stage = unused.stage
    for _ in range(FEW):
        ends = race(partial(unused.declare, stage.scholar), partial(unused.declare, stage.second))
        assert sorted(ends) == ["done", "use_declared"]
        (standing,) = [use for use in unused.uses() if use.state == "declared"]
        unused.run(stage.officer, end_use, standing.id, "own_use")


def test_agreed_and_refused_at_once(unused):
    stage = unused.stage
    for _ in range(FEW):
        use = unused.declare()
        ends = race(
            partial(unused.run, stage.officer, answer_use, use, agrees=True),
            partial(unused.run, stage.second, answer_use, use, agrees=False, reason="own_use"),
        )
        assert sorted(ends) == ["done", "use_moved_on"]
        assert unused.state(use) == ("agreed" if ends[0] == "done" else "refused")
        if ends[0] == "done":
            unused.run(stage.officer, end_use, use, "own_use")


def test_refused_at_the_deadline(unused, clock):
    """Either the refusal was in time, or silence has let the maker act."""
    stage = unused.stage
    for number in range(FEW):
        use = unused.declare()
        (row,) = [one for one in unused.uses() if one.id == use]
        clock.set(row.answer_until - timedelta(microseconds=number % 2))
        ends = race(
            partial(unused.run, stage.officer, answer_use, use, agrees=False, reason="own_use"),
            partial(stage.executor.settle, "asset:asset"),
        )
        assert ends[0] == ("done" if number % 2 else "use_moved_on")
        assert unused.state(use) == ("refused" if number % 2 else "silent")
        if unused.state(use) == "silent":
            unused.run(stage.officer, end_use, use, "own_use")
