"""A machine that does anything in any order finds no contract without the whole decision."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from deals.deciding.rules import asked_now, last_turns, standing_of
from deals.engine.case import Case
from deals.engine.decide import Stop, automatic, decide
from deals.engine.declaration import Mode, Side
from deals.modes import MODES

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
SIDES = (Side.SELLER, Side.BUYER, Side.OPERATOR, Side.PUBLIC)


@dataclass(frozen=True)
class Step:
    n: int
    turn: int
    position: int
    state: str


class Deciding(RuleBasedStateMachine):
    """Begins where a price was just agreed, with the steps that were drawn up for it."""

    @initialize(
        mode=st.sampled_from(sorted(MODES)),
        positions=st.lists(st.integers(1, 3), max_size=4),
        asked=st.booleans(),
    )
    def agree(self, mode, positions, asked):
        self.mode: Mode = MODES[mode]
        self.steps = [Step(n, 1, at, "waiting") for n, at in enumerate(positions, 1)]
        ends = NOW + timedelta(days=15)
        self.case = Case("agreed", NOW, NOW.date(), notice_is_asked=asked, notice_ends_at=ends)
        self.settle()

    def look(self, step=None) -> Case:
        counted = [one.state for one in last_turns(self.steps)]
        return replace(
            self.case,
            steps_open=len(counted) - counted.count("passed"),
            steps_refused=counted.count("refused"),
            named_step=standing_of(self.steps, step),
        )

    def settle(self):
        for _ in self.mode.states:
            found = automatic(self.mode, self.look())
            if found is None:
                return
            self.case = replace(self.case, state=found.target)

    def act(self, act, side, step=None) -> bool:
        found = decide(self.mode, act, side, self.look(step))
        if isinstance(found, Stop):
            return False
        self.case = replace(self.case, state=found.target)
        return True

    def named(self, pick):
        return self.steps[pick % len(self.steps)] if self.steps else None

    @rule(side=st.sampled_from(SIDES), pick=st.integers(0, 9), passes=st.booleans())
    def decides(self, side, pick, passes):
        step = self.named(pick)
        turn = step is not None and step in asked_now(self.steps)
        if self.act("decide", side, step):
            assert turn
            assert side is Side.SELLER
            now = replace(step, state="passed" if passes else "refused")
            self.steps[self.steps.index(step)] = now
        self.settle()

    @rule(side=st.sampled_from(SIDES), pick=st.integers(0, 9))
    def asks_again(self, side, pick):
        step = self.named(pick)
        if self.act("ask_again", side, step):
            assert step.state == "refused"
            self.steps.append(replace(step, turn=step.turn + 1, state="waiting"))

    @rule(days=st.integers(1, 20))
    def wait(self, days):
        now = self.case.now + timedelta(days=days)
        self.case = replace(self.case, now=now, today=now.date())
        self.settle()

    @rule(side=st.sampled_from(SIDES))
    def conclude(self, side):
        counted = last_turns(self.steps)
        if self.act("conclude", side):
            assert all(one.state == "passed" for one in counted)
            assert side in {Side.SELLER, Side.BUYER}

    @rule(side=st.sampled_from(SIDES))
    def leave(self, side):
        self.act("walk_away", side)

    @invariant()
    def a_contract_has_the_whole_decision(self):
        if self.case.state in {"contracted", "registered"}:
            assert all(one.state == "passed" for one in last_turns(self.steps))


TestDeciding = Deciding.TestCase
TestDeciding.settings = settings(max_examples=200, stateful_step_count=30)
