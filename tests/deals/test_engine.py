"""The engine on declared modes: no way around what the law asks for. (Cells: `test_cells.py`.)"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from deals.effects import EFFECTS
from deals.engine.case import Case, OfferOnTable
from deals.engine.check import faults
from deals.engine.decide import Stop, automatic, decide, next_due
from deals.engine.declaration import AUTOMATIC, ENGINE, Mode, Side, State, Transition
from deals.modes import MODES
from deals.modes.negotiated import NEGOTIATED

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
ENDS = NOW + timedelta(days=15)
OPEN = OfferOnTable(2, Side.BUYER, date(2027, 1, 1))


def case(state: str = "talking", **more: object) -> Case:
    base = Case(state, NOW, NOW.date(), offer=OPEN, named_version=2, notice_ends_at=ENDS)
    return replace(base, **{"objections_open": 1, "idle_ends_at": ENDS} | more)


@pytest.mark.parametrize("mode", MODES.values(), ids=lambda mode: mode.code)
def test_declared_modes_can_run(mode):
    assert faults(mode, EFFECTS) == []


def test_a_bad_declaration_is_found():
    lost = Transition("go", "here", "nowhere", frozenset({Side.SELLER}), ("no_guard",))
    own = Transition(AUTOMATIC, "here", "here", frozenset({Side.SELLER}))
    left = Transition("go", "end", "here", ENGINE)
    states = (State("here", "", ""), State("end", "", "", final=True), State("far", "", ""))
    bad = Mode("bad", "", "start", states, (lost, own, left))
    said = " ".join(faults(bad, EFFECTS))
    for part in ("unknown state", "nowhere", "no_guard", "final and yet left", "alone settles"):
        assert part in said
    assert "far is neither final nor left" in said
    assert "far is never reached" in said


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"offer": None}, "no_offer"),
        ({"named_version": 1}, "offer_superseded"),
        ({"offer": OfferOnTable(2, Side.SELLER, None)}, "own_offer"),
        ({"today": date(2027, 1, 2)}, "offer_lapsed"),
        ({"way_is_free": False}, "way_taken"),
    ],
)
def test_what_stops_an_acceptance(more, code):
    assert decide(NEGOTIATED, "accept", Side.SELLER, case(**more)) == Stop(code)


def test_a_firms_own_result_needs_no_notice():
    found = automatic(NEGOTIATED, case("agreed", notice_is_asked=False))
    assert found is not None
    assert found.target == "confirmed"


@given(st.integers(min_value=-3, max_value=3), st.integers(0, 2), st.integers(0, 1))
def test_the_notice_ends_at_its_instant_and_not_before(microseconds, waiting, upheld):
    now = ENDS + timedelta(microseconds=microseconds)
    looked = case("notice", now=now, objections_open=waiting, objections_upheld=upheld)
    found = automatic(NEGOTIATED, looked)
    if now < ENDS:
        assert found is None
    elif waiting:
        assert found.target == "objected"
    elif not upheld:
        assert found.target == "confirmed"
    assert next_due(NEGOTIATED, looked) == ENDS


class Play(RuleBasedStateMachine):
    """Any order of acts, with time passing: nothing is confirmed without its notice."""

    def __init__(self) -> None:
        super().__init__()
        self.case = Case("talking", NOW, NOW.date(), idle_ends_at=NOW + timedelta(days=60))
        self.noticed = timedelta(0)
        self.asks_proof = self.shown = False

    @initialize(asks_proof=st.booleans())
    def begin(self, asks_proof):
        self.asks_proof = asks_proof

    def act(self, act: str, side: Side, **more: object) -> bool:
        found = decide(NEGOTIATED, act, side, replace(self.case, **more))
        if isinstance(found, Stop):
            return False
        self.case = replace(self.case, state=found.target, **more)
        return True

    def settle(self) -> None:
        while found := automatic(NEGOTIATED, self.case):
            self.case = replace(self.case, state=found.target)
            if found.target == "notice":
                fresh = {"objections_open": 0, "objections_upheld": 0}
                waits = {"notice_waits": self.asks_proof, "last_day_unshown": self.asks_proof}
                self.case = replace(self.case, **fresh, **waits)
                self.noticed, self.shown = timedelta(0), False
                if not self.asks_proof:
                    self.begin_period()
                return

    def begin_period(self):
        ends = self.case.now + timedelta(days=15)
        days = {"notice_ends_at": ends, "notice_last_day": ends.date(), "notice_waits": False}
        self.case = replace(self.case, **days)

    @rule(side=st.sampled_from(list(Side)))
    def show_first_day(self, side):
        if self.act("show_first_day", side):
            assert side is Side.SELLER
            if self.case.notice_waits:
                self.begin_period()
        self.settle()

    @rule(side=st.sampled_from(list(Side)))
    def show_last_day(self, side):
        if self.act("show_last_day", side):
            assert side is Side.SELLER
            assert self.case.today >= self.case.notice_last_day
            self.shown = True
            self.case = replace(self.case, last_day_unshown=False)
        self.settle()

    @rule(side=st.sampled_from([Side.SELLER, Side.BUYER]))
    def offer(self, side):
        old = self.case.offer.version if self.case.offer else None
        if self.act("offer", side, named_version=old):
            self.case = replace(self.case, offer=OfferOnTable((old or 0) + 1, side, None))

    @rule(
        side=st.sampled_from([Side.SELLER, Side.BUYER]),
        version=st.integers(1, 4),
        free=st.booleans(),
    )
    def accept(self, side, version, free):
        offer = self.case.offer
        taken = self.act("accept", side, named_version=version, way_is_free=free)
        if taken:
            assert offer.by != side
            assert offer.version == version
            assert free
        self.case = replace(self.case, way_is_free=True)
        self.settle()

    @rule()
    def objects(self):
        if self.act("object", Side.PUBLIC):
            assert self.case.notice_waits or self.case.now < self.case.notice_ends_at
            self.case = replace(self.case, objections_open=self.case.objections_open + 1)

    @precondition(lambda self: self.case.objections_open)
    @rule(upheld=st.booleans())
    def answer(self, upheld):
        waiting = self.case.objections_open - 1
        more = {"objections_open": waiting, "objections_upheld": int(upheld)}
        if self.act("answer_objection", Side.SELLER, **more) and upheld:
            assert self.case.state == "talking"
            fresh = {"objections_open": 0, "objections_upheld": 0, "notice_ends_at": None,
                     "notice_last_day": None, "last_day_unshown": False}  # fmt: skip
            self.case = replace(self.case, offer=None, **fresh)
        self.settle()

    @rule(days=st.integers(1, 20))
    def wait(self, days):
        now = self.case.now + timedelta(days=days)
        if self.case.state == "notice" and self.case.notice_ends_at is not None:
            self.noticed = min(now, self.case.notice_ends_at) - (
                self.case.notice_ends_at - timedelta(days=15)
            )
        self.case = replace(self.case, now=now, today=now.date())
        self.settle()

    @invariant()
    def nothing_is_confirmed_without_its_notice(self):
        if self.case.state == "confirmed":
            assert self.noticed >= timedelta(days=15)
            assert self.case.objections_open == 0
            assert self.case.now >= self.case.notice_ends_at
            assert self.shown or not self.asks_proof

    @invariant()
    def a_period_that_is_over_and_shown_has_ended(self):
        ends = self.case.notice_ends_at
        if self.case.state == "notice" and ends is not None and self.case.now >= ends:
            assert self.case.last_day_unshown
            assert next_due(NEGOTIATED, self.case) is None

    @invariant()
    def time_alone_changes_no_timer(self):
        """Whatever is set when nothing is due stays set until something moves the deal."""
        due, now = next_due(NEGOTIATED, self.case), self.case.now
        if due is None and self.case.notice_ends_at is not None:
            over = replace(self.case, now=max(now, self.case.notice_ends_at))
            assert automatic(NEGOTIATED, over) is None


TestPlay = Play.TestCase
