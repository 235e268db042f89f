"""Every state x act x side of every mode, in every case that its guards can tell apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from deals.engine.case import Case, OfferOnTable
from deals.engine.decide import Stop, decide
from deals.engine.declaration import Mode, Side
from deals.engine.guards import GUARDS
from deals.modes import MODES

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
LATER, EARLIER = NOW + timedelta(days=15), NOW - timedelta(days=1)
LAPSED = date(2026, 11, 1)
OFFERS = (
    None,
    *(
        OfferOnTable(2, side, until)
        for side in (Side.SELLER, Side.BUYER)
        for until in (None, LAPSED)
    ),
)
VALUES: dict[str, tuple[object, ...]] = {
    "notice_is_asked": (True, False),
    "terms_stand": (True, False),
    "announced": (True, False),
    "fee_open": (True, False),
    "fee_on_its_way": (True, False),
    "fee_ends_at": (None, LATER, EARLIER),
    "ineligible": ("", "domestic_only"),
    "against_talks": ("", "export_unstated"),
    "against_signing": ("", "export_licence_missing"),
    "offer": OFFERS,
    "named_version": (None, 1, 2),
    "offer_ends_at": (LATER, EARLIER),
    "offer_reminds_at": (LATER, EARLIER),
    "way_is_free": (True, False),
    "excused": (True, False),
    "idle_ends_at": (LATER, EARLIER),
    "notice_waits": (True, False),
    "notice_last_day": (None, LAPSED, LATER.date()),
    "notice_ends_at": (None, LATER, EARLIER),
    "last_day_unshown": (True, False),
    "posting_reminds_at": (None, LATER, EARLIER),
    "objections_open": (0, 1),
    "objections_upheld": (0, 1),
    "steps_open": (0, 1),
    "steps_refused": (0, 1),
    "preempts": (True, False),
    "claims_open": (0, 1),
    "claims_used": (0, 1),
    "claim_ran_out": (True, False),
    "named_claim": ("", "asked", "served", "over", "exercised", "waived", "lapsed"),
    "named_step": ("", "asked", "later", "passed", "refused"),
}
"""What the guards look at, each with values on both sides of what they ask."""


def cells() -> dict[tuple[str, str, str, str], set[str]]:
    found = {}
    for line in (Path(__file__).parent / "cells.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            names, _, targets = line.partition(":")
            mode, state, act, *sides = names.split()
            found |= {(mode, state, act, side): set(targets.split()) for side in sides}
    return found


def cases(mode: Mode, state: str, act: str) -> Iterator[Case]:
    """Every combination of what the guards of this act, from this state, look at."""
    guards = {
        guard for t in mode.transitions if t.act == act and t.source == state for guard in t.guards
    }
    looked_at = {name for guard in guards for name in GUARDS[guard].__code__.co_names}
    names = [name for name in VALUES if name in looked_at]
    for values in product(*(VALUES[name] for name in names)):
        yield replace(Case(state, NOW, NOW.date()), **dict(zip(names, values, strict=True)))


@cache
def reached(code: str) -> dict[tuple[str, str, str, str], set[str]]:
    """Where each cell leads over all cases; empty where it is always refused."""
    mode, found = MODES[code], {}
    acts = sorted({t.act for t in mode.transitions})
    for state, act, side in product((one.code for one in mode.states), acts, Side):
        ends = {decide(mode, act, side, case) for case in cases(mode, state, act)}
        targets = {end.target for end in ends if not isinstance(end, Stop)}
        found[code, state, act, str(side)] = targets
    return found


@pytest.mark.parametrize("mode", MODES)
def test_every_cell_of_the_mode(mode, capsys):
    expected, found = cells(), reached(mode)
    with capsys.disabled():
        print(f"\n{mode}: {len(found)} cells, {sum(1 for one in found.values() if one)} open")
    wrong = {cell: to for cell, to in found.items() if to != expected.get(cell, set())}
    assert wrong == {}


def test_every_line_names_a_cell():
    known = {cell for mode in MODES for cell in reached(mode)}
    assert set(cells()) - known == set()


def test_every_guard_looks_at_something_that_the_cases_vary():
    for name, guard in GUARDS.items():
        assert set(VALUES) & set(guard.__code__.co_names), name
