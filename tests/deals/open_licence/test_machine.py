"""A machine that does anything in any order finds no licence without notice and payment, no owner
who refuses one, and no notice that waits for a payment which nobody claims."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from deals.engine.case import Case
from deals.engine.decide import Stop, automatic, decide, next_due
from deals.engine.declaration import Side
from deals.modes.open_licence import OPEN_LICENCE

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
DAYS = timedelta(days=30)
UNPAID = {"notified", "awaited"}


class Licence(RuleBasedStateMachine):
    """Begins where the terms stand, announced or not."""

    @initialize(announced=st.booleans(), asks_fee=st.booleans())
    def stand(self, announced, asks_fee):
        self.asks_fee, self.paid, self.way = asks_fee, False, ["stated"]
        self.case = Case("stated", NOW, NOW.date(), announced=announced, terms_stand=True,
                         notice_is_asked=True, notice_ends_at=NOW + DAYS)  # fmt: skip

    def go(self, state: str) -> None:
        self.way.append(state)
        self.case = replace(self.case, state=state)

    def settle(self):
        for _ in OPEN_LICENCE.states:
            found = automatic(OPEN_LICENCE, self.case)
            if found is None:
                return
            if "enter_licence" in found.effects:
                assert self.paid or not self.asks_fee
            self.go(found.target)

    @rule(act=st.sampled_from(sorted(OPEN_LICENCE.acts)), side=st.sampled_from(list(Side)))
    def act(self, act, side):
        before, found = self.case.state, decide(OPEN_LICENCE, act, side, self.case)
        if isinstance(found, Stop):
            return
        if found.effects[-1:] == ("ask_fee",):
            assert self.case.announced
            self.case = replace(self.case, fee_open=self.asks_fee, fee_ends_at=self.case.now + DAYS)
        if before in UNPAID:
            assert side is Side.BUYER
            assert self.case.fee_open
            assert before == "awaited" or not self.case.fee_on_its_way
            assert "drop_fee" in found.effects
        self.go(found.target)
        self.settle()

    @rule()
    def withdraw(self):
        self.case = replace(self.case, terms_stand=False)

    @rule(outcome=st.sampled_from(["claimed", "refused", "part", "reversed", "paid"]))
    def money(self, outcome):
        """A part that was confirmed waits for nobody, and pays nothing by itself."""
        if self.case.fee_open:
            self.paid = outcome == "paid"
            self.case = replace(
                self.case, fee_on_its_way=outcome == "claimed", fee_open=not self.paid
            )
            self.settle()

    @rule(hours=st.integers(1, 24 * 40))
    def wait(self, hours):
        now = self.case.now + timedelta(hours=hours)
        self.case = replace(self.case, now=now, today=now.date())
        self.settle()

    @invariant()
    def what_is_announced_waits_for_no_consent_of_the_owner(self):
        if "licensed" in self.way:
            assert set(self.way) <= {*UNPAID, "stated", "licensed", "contracted", "registered"}

    @invariant()
    def nothing_waits_for_good(self):
        if self.case.state == "awaited":
            assert self.case.fee_on_its_way
            left = decide(OPEN_LICENCE, "walk_away", Side.BUYER, self.case)
            assert not isinstance(left, Stop)

    @invariant()
    def an_unpaid_notice_has_its_timer(self):
        if self.case.state == "notified":
            assert next_due(OPEN_LICENCE, self.case) == self.case.fee_ends_at


TestLicence = Licence.TestCase
TestLicence.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)
