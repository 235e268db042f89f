"""Two at once over one unused result: one outcome each, on every database."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from core.models import Audit
from deals.actions.answer_inquiry import answer_inquiry
from deals.actions.open_deal import open_deal
from deals.actions.walk_away import walk_away
from deals.idle.actions.answer_use import answer_use
from deals.idle.actions.end_use import end_use
from tests.deals.idle.test_idle_use import hand_inquiry
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


@pytest.mark.parametrize("act", [open_deal, answer_inquiry])
def test_a_maker_acts_while_the_unit_ends_it(unused, clock, act):
    """What the maker did stands before the end of the right in the one order of the audit, or the
    maker was too late: asked before the lock alone, the right would outlive its end."""
    stage = unused.stage
    for _ in range(FEW):
        clock.move(timedelta(minutes=61))
        asked, use = stage.ask(stage.buyer), unused.agreed()
        hand_inquiry(stage, asked)
        more = () if act is open_deal else ("可以。",)
        ends = race(
            partial(unused.run, unused.maker, act, asked, *more),
            partial(unused.run, stage.officer, end_use, use, "own_use"),
        )
        assert ends[1] == "done"
        with stage.executor.database.read() as session:
            ended = last(session, "asset:asset")
            done = last(session, f"inquiry:{asked}")
        if ends[0] == "done":
            assert done.n < ended.n
            if act is open_deal:  # while talks go on the unit has acted, and nobody declares
                unused.run(stage.buyer, walk_away, stage.inquiry(asked).deal, "price")
        else:
            assert ends[0] in {"forbidden", "not_found"}


def last(session, stream: str) -> Audit:
    found = select(Audit).where(Audit.stream == stream).order_by(Audit.n.desc())
    return session.scalars(found.limit(1)).one()
