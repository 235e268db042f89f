"""A machine that does anything in any order finds no contract over the head of who comes first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from deals.engine.case import Case
from deals.engine.decide import Stop, automatic, decide, next_due
from deals.engine.declaration import Mode, Side
from deals.modes import MODES
from deals.preemption.rules import next_end, ran_out, standing_of, still_open

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
DAYS = timedelta(days=15)


@dataclass(frozen=True)
class Claim:
    n: int
    state: str
    ends_at: datetime | None = None


class ComingFirst(RuleBasedStateMachine):
    """Begins where a transfer was just agreed."""

    @initialize(mode=st.sampled_from(sorted(MODES)), told=st.lists(st.booleans(), max_size=4),
                asked=st.booleans())  # fmt: skip
    def agree(self, mode, told, asked):
        self.mode: Mode = MODES[mode]
        self.claims = [
            Claim(n, "served" if known else "asked", NOW + DAYS if known else None)
            for n, known in enumerate(told)
        ]
        self.case = Case("agreed", NOW, NOW.date(), notice_is_asked=asked,
                         notice_ends_at=NOW + DAYS, preempts=True)  # fmt: skip
        self.settle()

    def look(self, claim=None) -> Case:
        return replace(
            self.case,
            claims_open=still_open(self.claims),
            claims_used=sum(one.state == "exercised" for one in self.claims),
            claim_ran_out=any(ran_out(one, self.case.now) for one in self.claims),
            claims_end_at=next_end(self.claims),
            named_claim=standing_of(claim, self.case.now),
        )

    def settle(self):
        for _ in self.mode.states:
            found = automatic(self.mode, self.look())
            if found is None:
                return
            if "lapse_claims" in found.effects:
                self.claims = [replace(one, state="lapsed") if ran_out(one, self.case.now) else one
                               for one in self.claims]  # fmt: skip
            self.case = replace(self.case, state=found.target)

    def act(self, act, side, claim=None) -> bool:
        found = decide(self.mode, act, side, self.look(claim))
        if isinstance(found, Stop):
            return False
        self.case = replace(self.case, state=found.target)
        return True

    def put(self, claim, **more):
        self.claims[self.claims.index(claim)] = replace(claim, **more)

    def named(self, pick):
        return self.claims[pick % len(self.claims)] if self.claims else None

    @rule(side=st.sampled_from(list(Side)), pick=st.integers(0, 9))
    def serve(self, side, pick):
        claim = self.named(pick)
        if self.act("serve", side, claim):
            assert (side, claim.state) == (Side.SELLER, "asked")
            self.put(claim, state="served", ends_at=self.case.now + DAYS)

    @rule(side=st.sampled_from(list(Side)), pick=st.integers(0, 9))
    def exercise(self, side, pick):
        claim = self.named(pick)
        if self.act("exercise", side, claim):
            assert side in {Side.HOLDER, Side.SELLER}
            assert claim.ends_at is None or self.case.now < claim.ends_at
            self.put(claim, state="exercised")

    @rule(side=st.sampled_from(list(Side)), pick=st.integers(0, 9))
    def waive(self, side, pick):
        claim = self.named(pick)
        if self.act("waive", side, claim):
            assert side in {Side.HOLDER, Side.SELLER}
            self.put(claim, state="waived")

    @rule(hours=st.integers(1, 24 * 20), settles=st.booleans())
    def wait(self, hours, settles):
        now = self.case.now + timedelta(hours=hours)
        self.case = replace(self.case, now=now, today=now.date())
        if settles:
            self.settle()

    @rule(side=st.sampled_from(list(Side)))
    def conclude(self, side):
        if self.act("conclude", side):
            assert {one.state for one in self.claims} <= {"waived", "lapsed"}
            assert all(one.ends_at and self.case.now >= one.ends_at
                       for one in self.claims if one.state == "lapsed")  # fmt: skip

    @invariant()
    def a_running_time_has_its_timer(self):
        running = [one for one in self.claims if one.state == "served"]
        if running and self.case.state in {"notice", "objected", "confirmed"}:
            due = next_due(self.mode, self.look())
            assert due is not None
            assert due <= min(one.ends_at for one in running)


TestComingFirst = ComingFirst.TestCase
TestComingFirst.settings = settings(max_examples=200, stateful_step_count=30)
