"""Legal days on the market's wall, instants in UTC."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import times

SHANGHAI = ZoneInfo("Asia/Shanghai")
ZONES = [
    ZoneInfo(name)
    for name in (
        "Asia/Shanghai", "UTC", "Europe/London", "America/Sao_Paulo", "Africa/Cairo",
        "Asia/Kathmandu", "Pacific/Kiritimati", "America/St_Johns", "Asia/Beirut",
    )
]  # fmt: skip


def test_a_legal_day_in_shanghai():
    assert times.start_of_day(date(2026, 11, 27), SHANGHAI) == datetime(
        2026, 11, 26, 16, tzinfo=UTC
    )
    assert times.end_of_day(date(2026, 11, 27), SHANGHAI) == datetime(2026, 11, 27, 16, tzinfo=UTC)
    assert times.legal_date(datetime(2026, 11, 27, 15, 59, tzinfo=UTC), SHANGHAI).day == 27
    assert times.legal_date(datetime(2026, 11, 27, 16, 0, tzinfo=UTC), SHANGHAI).day == 28


@given(st.dates(date(1995, 1, 1), date(2060, 1, 1)), st.sampled_from(ZONES))
def test_a_day_begins_with_its_first_instant_and_ends_with_the_next_days(day, zone):
    start, end = times.start_of_day(day, zone), times.end_of_day(day, zone)
    tick = timedelta(microseconds=1)
    assert start.tzinfo is UTC
    assert times.legal_date(start, zone) == day
    assert times.legal_date(start - tick, zone) < day
    assert times.legal_date(end - tick, zone) == day
    assert timedelta(hours=22) < end - start < timedelta(hours=26)


def test_a_clock_time_of_a_legal_day():
    assert times.at_clock(date(2026, 11, 26), time(17), SHANGHAI) == datetime(
        2026, 11, 26, 9, tzinfo=UTC
    )


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        times.legal_date(datetime(2026, 1, 1), SHANGHAI)  # noqa: DTZ001
    with pytest.raises(ValueError, match="zone"):
        times.from_text("2026-01-01T00:00:00")


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_texts_are_read_back_and_sort_as_instants(one, other):
    assert times.from_text(times.to_text(one)) == one
    assert (times.to_text(one) < times.to_text(other)) == (one < other)
