"""Patterns of numbers: what they give, and what they must not be."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.numbering import LONGEST, Pattern, PatternError

DAY, ID = date(2026, 3, 9), "4f0c9a71" + "0" * 24


@pytest.mark.parametrize(
    ("pattern", "number", "series"),
    [
        ("{date}-{id}", "20260309-4F0C9A71", "20260309-4F0C9A71"),
        ("HT-{year}-{n:5}", "HT-2026-00042", "HT-2026-#"),
        ("技〔{year}〕{n}", "技〔2026〕42", "技〔2026〕#"),
        ("{year}{month}{day}/{n:2}", "20260309/42", "20260309/#"),
    ],
)
def test_what_a_pattern_gives(pattern, number, series):
    found = Pattern.parse(pattern)
    assert found.number(DAY, ID, 42) == number
    assert found.series(DAY, ID) == series
    assert found.counts == ("#" in series)


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("", "one"), ("HT-2026", "one"), ("{year}", "one"),
        ("{n}{n}", "mark"), ("{year:4}-{n}", "mark"),
        ("{n} ", "signs"), ("={n}", "signs"), ("{x}{n}", "signs"), ("{n:0}", "signs"),
        ("<b>{n}", "signs"), ("{n}\n", "signs"), ("%{n}", "signs"),
        ("x" * 40 + "{n}", "long"),
    ],
)  # fmt: skip
def test_what_gives_no_usable_number(pattern, code):
    with pytest.raises(PatternError) as refused:
        Pattern.parse(pattern)
    assert refused.value.args == (code,)


@given(st.text(alphabet="AB-{}:/n5idyear", max_size=30), st.integers(1, 10**6 - 1))
def test_whatever_is_taken_gives_short_numbers_that_differ(text, n):
    try:
        pattern = Pattern.parse(text)
    except PatternError:
        return
    number = pattern.number(DAY, ID, n)
    assert 0 < len(number) <= LONGEST
    assert not set(number) & set("{} \n")
    if pattern.counts:
        assert number != pattern.number(DAY, ID, n + 1)
        assert pattern.series(DAY, ID) == pattern.series(DAY, "b" * 8 + ID[8:]) or "{id}" in text
