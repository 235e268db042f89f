"""When a result counts as unused: a table, and what no day may change."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bootstrap import ROOT
from core.errors import Invalid
from core.law import LawBook
from deals.idle.errors import (
    NoUsePeriod,
    UnitActs,
    UseDayUnknown,
    UseMovedOn,
    UsePeriodRuns,
)
from deals.idle.rules import (
    REASONS,
    Counted,
    Idle,
    Standing,
    check_over,
    check_reason,
    check_registered,
    counted_from,
    idle_on,
)
from deals.idle.states import USE, Basis, UseAct, UseState, after

BOOK = LawBook.load(ROOT / "policies")
TODAY = date(2026, 11, 23)
ZHEJIANG = BOOK.profile("cn-zhejiang", TODAY)
NATION = BOOK.profile("cn-national", TODAY)
DAY, LATER = date(2024, 3, 1), date(2025, 11, 23)
BY_GRANT = Counted(Basis.GRANT, LATER)


@pytest.mark.parametrize(
    ("grants", "registered", "counted"),
    [
        ([], None, None),
        ([], DAY, Counted(Basis.REGISTRATION, DAY)),
        ([DAY], None, Counted(Basis.GRANT, DAY)),
        ([LATER, DAY], None, Counted(Basis.GRANT, LATER)),
        ([LATER, DAY], DAY, Counted(Basis.GRANT, LATER)),
        ([DAY, None], None, None),
        ([None], DAY, None),
    ],
)
def test_the_day_from_which_it_is_counted(grants, registered, counted):
    assert counted_from(grants, registered) == counted


@pytest.mark.parametrize(
    ("profile", "counted", "today", "used", "standing", "ends_on"),
    [
        (NATION, BY_GRANT, TODAY, False, Standing.UNSET, None),
        (NATION, BY_GRANT, TODAY, True, Standing.UNSET, None),
        (ZHEJIANG, None, TODAY, False, Standing.UNKNOWN, None),
        (ZHEJIANG, None, TODAY, True, Standing.USED, None),
        (ZHEJIANG, BY_GRANT, date(2026, 11, 22), False, Standing.RUNNING, date(2026, 11, 23)),
        (ZHEJIANG, BY_GRANT, date(2026, 11, 23), False, Standing.RUNNING, date(2026, 11, 23)),
        (ZHEJIANG, BY_GRANT, date(2026, 11, 24), False, Standing.OVER, date(2026, 11, 23)),
        (ZHEJIANG, BY_GRANT, date(2026, 11, 24), True, Standing.USED, date(2026, 11, 23)),
    ],
)
def test_how_a_result_stands(profile, counted, today, used, standing, ends_on):
    found = idle_on(profile, counted, today, used=used)
    assert (found.standing, found.ends_on) == (standing, ends_on)


@pytest.mark.parametrize(
    ("idle", "refused"),
    [
        (Idle(Standing.UNSET), NoUsePeriod),
        (Idle(Standing.UNKNOWN), UseDayUnknown),
        (Idle(Standing.RUNNING, BY_GRANT, TODAY), UsePeriodRuns),
        (Idle(Standing.USED, BY_GRANT, TODAY), UnitActs),
        (Idle(Standing.USED), UnitActs),
    ],
)
def test_nobody_declares_before_it_is_over(idle, refused):
    with pytest.raises(refused):
        check_over(idle)


def test_once_over_the_day_is_told():
    assert check_over(Idle(Standing.OVER, BY_GRANT, TODAY)) == BY_GRANT


PUBLISHED = {2025, 2026}
"""Years whose holidays are on file."""


@given(st.dates(date(2022, 1, 1), date(2026, 10, 1)), st.integers(0, 800))
def test_a_result_is_unused_for_a_year_at_least(day, days):
    """Never over within 365 days of the event; a last day on holidays moves behind them, and in a
    year whose holidays are not on file behind every day that they may take."""
    found = idle_on(ZHEJIANG, Counted(Basis.GRANT, day), day + timedelta(days), used=False)
    if days <= 365:
        assert found.standing is Standing.RUNNING
    if days > (374 if day.year + 1 in PUBLISHED else 416):
        assert found.standing is Standing.OVER


def test_a_day_of_registration_is_not_to_come():
    check_registered(None, TODAY)
    check_registered(TODAY, TODAY)
    with pytest.raises(Invalid):
        check_registered(TODAY + timedelta(1), TODAY)


def test_the_unit_says_why():
    for reason in REASONS:
        check_reason(reason)
    for reason in ("", "withdrawn", "else"):
        with pytest.raises(Invalid):
            check_reason(reason)


@pytest.mark.parametrize(("state", "act"), list(product(UseState, UseAct)))
def test_every_state_knows_its_acts(state, act):
    if (state, act) in USE:
        assert after(state, act) is USE[state, act]
    else:
        with pytest.raises(UseMovedOn):
            after(state, act)
