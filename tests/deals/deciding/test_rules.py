"""Which steps a price must pass and whose turn it is: by tables, and for anything at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import Money
from deals.deciding.rules import (
    Agreed,
    Decided,
    asked_now,
    decided_problems,
    gate_problems,
    gates,
    last_turns,
    standing_of,
)
from deals.deciding.states import StepKind, StepState
from deals.deciding.wording import KIND_NAMES, STATE_NAMES
from tests.deals.conftest import terms
from tests.deals.deciding.conftest import MINUTES, SIGNED, gate

TODAY = date(2026, 11, 2)
LUMP = terms(lump_sum=100_000_00, entry_fee=None, royalty=None, royalty_base="")
OPEN = terms(entry_fee=100, royalty=300)
SALE = Agreed("negotiated", LUMP, frozenset({"result"}), related=False)


@pytest.mark.parametrize(
    ("more", "asked"),
    [
        ({}, True),
        ({"modes": ("negotiated",)}, True),
        ({"modes": ("fixed_price",)}, False),
        ({"ways": ("exclusive", "assignment")}, True),
        ({"ways": ("assignment",)}, False),
        ({"assets": ("result",)}, True),
        ({"assets": ("patent",)}, False),
        ({"related_only": True}, False),
        ({"least": Money(100_000_00, "CNY")}, True),
        ({"least": Money(100_000_01, "CNY")}, False),
        ({"least": Money(10**12, "USD")}, True),
        ({"least": Money(1, "CNY"), "ways": ("sole",)}, False),
    ],
)
def test_a_gate_asks_by_mode_way_asset_price_and_buyer(more, asked):
    assert gates(gate(**more), SALE) is asked


def test_shares_are_an_open_price():
    shares = replace(LUMP, equity=1500, company="某公司")
    assert gates(gate(least=Money(10**12, "CNY")), replace(SALE, terms=shares))


def test_an_open_price_and_a_related_buyer_are_asked():
    assert gates(gate(least=Money(10**12, "CNY")), replace(SALE, terms=OPEN))
    assert gates(gate(related_only=True), replace(SALE, related=True))


@dataclass(frozen=True)
class Step:
    n: int
    turn: int
    position: int
    state: str


ANY = st.lists(
    st.builds(Step, st.integers(1, 4), st.integers(1, 3), st.integers(1, 3),
              st.sampled_from([str(state) for state in StepState])),
    max_size=8, unique_by=lambda one: (one.n, one.turn),
)  # fmt: skip


@given(ANY)
def test_nothing_is_asked_before_what_comes_first(steps):
    counted = last_turns(steps)
    for one in asked_now(steps):
        before = [other for other in counted if other.position < one.position]
        assert one.state == StepState.WAITING
        assert all(other.state == StepState.PASSED for other in before)
        assert standing_of(steps, one) == "asked"


@given(ANY)
def test_every_step_stands_in_one_way_and_earlier_turns_in_none(steps):
    counted = last_turns(steps)
    assert [one.n for one in sorted(counted, key=lambda one: one.n)] == sorted(
        {one.n for one in steps}
    )
    for one in steps:
        assert standing_of(steps, one) in (
            {"asked", "later", "passed", "refused"} if one in counted else {""}
        )


@given(ANY)
def test_whatever_is_open_is_asked_or_refused_somewhere(steps):
    """A decision can always go on: somebody is asked, or a refusal waits to be met."""
    counted = last_turns(steps)
    unpassed = [one for one in counted if one.state != StepState.PASSED]
    refused = [one for one in unpassed if one.state == StepState.REFUSED]
    assert bool(unpassed) == bool(asked_now(steps) or refused)


@pytest.mark.parametrize(
    ("kind", "own", "decided", "wrong"),
    [
        ("person", True, Decided("passed"), set()),
        ("person", True, Decided("refused"), {"note"}),
        ("person", True, Decided("refused", "太低"), set()),
        ("person", True, Decided("maybe"), {"outcome"}),
        ("person", True, Decided("passed", "x" * 1001), {"note"}),
        ("meeting", False, MINUTES, set()),
        ("meeting", False, replace(MINUTES, sha256=""), {"paper"}),
        ("meeting", False, replace(MINUTES, number=" "), {"number"}),
        ("meeting", False, replace(MINUTES, held_on=None), {"held_on"}),
        ("meeting", False, replace(MINUTES, held_on=date(2026, 11, 3)), {"held_on"}),
        ("contributors", False, SIGNED, set()),
        ("contributors", False, Decided("passed"), {"paper", "held_on"}),
        ("contributors", True, Decided("passed"), set()),
        ("co_owners", False, SIGNED, set()),
    ],
)
def test_a_decision_says_what_it_must(kind, own, decided, wrong):
    assert set(decided_problems(decided, kind, own=own, today=TODAY)) == wrong


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ({}, set()),
        ({"kind": "oracle"}, {"kind"}),
        ({"name": " "}, {"name"}),
        ({"name": "校" * 121}, {"name"}),
        ({"person": "stranger"}, {"person"}),
        ({"kind": "meeting", "person": None}, set()),
        ({"days": 0}, {"days"}),
        ({"days": 366}, {"days"}),
        ({"least": Money(0, "CNY")}, {"least"}),
        ({"modes": ("lottery",)}, {"modes"}),
        ({"ways": ("gift",)}, {"ways"}),
        ({"assets": ("horse",)}, {"assets"}),
    ],
)
def test_a_step_is_set_whole(more, wrong):
    known = (["negotiated"], ["exclusive"], ["result"], ["scholar"])
    assert set(gate_problems(gate(**more), *known, 0)) == wrong
    assert "position" in gate_problems(gate(0), *known, 0)
    assert "name" in gate_problems(gate(), *known, 40)


def test_every_kind_and_state_has_its_words():
    assert set(KIND_NAMES) == set(StepKind)
    assert set(STATE_NAMES) == set(StepState)
