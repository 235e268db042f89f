"""Counting days: as the Civil Code counts, by the published calendar, never shortened."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.law import LawBook
from core.law.days import Calendar, Year, add_months

CN = LawBook.load(Path(__file__).resolve().parents[2] / "policies").calendars["cn"]
UNPUBLISHED = Calendar("cn", CN.weekend, {}, CN.festivals)
MOONLESS = Calendar("cn", CN.weekend, {}, tuple(
    type(f)(f.before, f.after, f.between, {}) for f in CN.festivals))  # fmt: skip

published_days = st.dates(date(2025, 1, 1), date(2026, 12, 31))


def test_published_years_are_as_announced():
    assert (len(CN.years[2025].holidays), len(CN.years[2025].workdays)) == (28, 5)
    assert (len(CN.years[2026].holidays), len(CN.years[2026].workdays)) == (33, 6)
    # Thirteen statutory days a year, beside as many days of rest as there are weekend days.
    for number in (2025, 2026):
        days = [date(number, 1, 1) + timedelta(n) for n in range(365)]
        rest = sum(not CN.counts(day) for day in days)
        assert rest - sum(day.weekday() >= 5 for day in days) == 13


def test_make_up_days_are_worked_and_holidays_are_not():
    assert CN.counts(date(2026, 2, 14))
    assert not CN.counts(date(2026, 2, 16))
    assert not CN.counts(date(2026, 11, 22))
    assert CN.counts(date(2026, 11, 23))


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        (date(2026, 11, 12), 15, date(2026, 11, 27)),  # the first day is not counted
        (date(2026, 11, 6), 15, date(2026, 11, 23)),  # ends on a Saturday: Sunday, then Monday
        (date(2026, 9, 16), 15, date(2026, 10, 8)),  # ends on 1 October: after National Day
        (date(2026, 1, 30), 15, date(2026, 2, 14)),  # ends on a Saturday that is worked
        (date(2026, 2, 1), 15, date(2026, 2, 24)),  # ends in Spring Festival
    ],
)
def test_calendar_days(start, number, end):
    assert CN.after_calendar_days(start, number).day == end


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 23), 5, date(2026, 11, 30)),
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),  # a worked Saturday counts
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 2, 14), 1, date(2026, 2, 24)),
    ],
)
def test_working_days(start, number, end):
    found = CN.after_working_days(start, number)
    assert (found.day, found.provisional) == (end, False)


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),  # no 31st: the month's last day, worked here
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 7, 1), 3, date(2026, 10, 8)),  # ends on National Day
    ],
)
def test_months(start, number, end):
    assert CN.after_months(start, number).day == end


def test_years_cross_february():
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert add_months(date(2024, 2, 29), 48) == date(2028, 2, 29)
    assert CN.period_end(date(2025, 3, 3), 1, "years").day == date(2026, 3, 3)


@pytest.mark.parametrize("unit", ["hours", "ratio", "moons"])
def test_other_units_are_no_periods_of_days(unit):
    with pytest.raises(TypeError, match=unit):
        CN.period_end(date(2026, 1, 5), 3, unit)


@pytest.mark.parametrize("number", [0, -1])
def test_a_period_has_a_length(number):
    with pytest.raises(ValueError, match="at least one day"):
        CN.after_working_days(date(2026, 1, 5), number)


@pytest.mark.parametrize("blind", [UNPUBLISHED, MOONLESS], ids=["moon known", "moon unknown"])
@given(start=published_days, number=st.integers(1, 90))
def test_before_a_year_is_published_no_period_is_shorter(blind, start, number):
    if (start + timedelta(days=2 * number + 60)).year > 2026:
        start = start.replace(year=2025)
    for count in ("after_working_days", "after_calendar_days"):
        guess = getattr(blind, count)(start, number)
        truth = getattr(CN, count)(start, number)
        assert guess.provisional
        assert guess.day >= truth.day


blocks = st.lists(
    st.tuples(st.sampled_from(CN.festivals), st.integers(-4, 4), st.integers(1, 9)), max_size=7
)


@given(
    year=st.integers(2027, 2045),
    chosen=blocks,
    offset=st.integers(0, 200),
    number=st.integers(1, 30),
)
def test_no_arrangement_inside_the_windows_shortens_a_period(year, chosen, offset, number):
    """Whatever is announced inside the windows, the provisional date was not too early."""
    holidays = set()
    for festival, shift, length in chosen:
        begin = festival.dates.get(year, date(year, *festival.between[0])) + timedelta(shift)
        block = {begin + timedelta(n) for n in range(length)}
        holidays |= {day for day in block if festival.covers(day) and day.year == year}
    worked = frozenset(
        day
        for day in (date(year, 1, 1) + timedelta(n) for n in range(0, 365, 13))
        if day.weekday() >= 5 and day not in holidays
    )
    announced = Calendar("cn", CN.weekend, {year: Year(frozenset(holidays), worked)}, CN.festivals)
    start = date(year, 1, 1) + timedelta(offset)
    for count in ("after_working_days", "after_calendar_days", "after_months"):
        size = min(number, 4) if count == "after_months" else number
        assert getattr(UNPUBLISHED, count)(start, size) >= getattr(announced, count)(start, size)


def test_published_holidays_lie_inside_the_windows():
    for year in CN.years.values():
        for day in year.holidays:
            assert any(festival.covers(day) for festival in CN.festivals), day


def test_only_a_part_in_an_unknown_year_makes_a_date_provisional():
    assert not CN.after_working_days(date(2026, 12, 1), 10).provisional
    late = CN.after_working_days(date(2026, 12, 28), 5)
    assert late.provisional
    assert late.day >= date(2027, 1, 5)


@given(published_days, st.integers(1, 120))
def test_counting_back_gives_the_number(start, number):
    end = CN.after_working_days(start, number).day
    assert CN.working_days_between(start, end) == number


@given(published_days, st.integers(1, 300), st.integers(1, 300))
def test_a_longer_period_never_ends_earlier(start, one, other):
    short, long = sorted((one, other))
    assert CN.after_calendar_days(start, short) <= CN.after_calendar_days(start, long)
    assert CN.after_working_days(start, short) <= CN.after_working_days(start, long)
