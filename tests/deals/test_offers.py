"""Structured terms: what they must say, and the difference that a reader sees."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deals.offers import Instalment, Terms, changed, problems, side_by_side
from deals.royalties import Step, Steps, royalty_of, step_problems, tiers
from deals.wording import term_value
from tests.deals.conftest import terms

TODAY = date(2026, 11, 23)
SHARES = {"way": "equity_contribution", "entry_fee": None, "royalty": None, "royalty_base": "",
          "equity": 1500, "company": "澄岚新材料有限公司"}  # fmt: skip


@pytest.mark.parametrize(
    ("more", "fields"),
    [
        ({}, set()),
        ({"way": "gift"}, {"way"}),
        ({"currency": "USD"}, {""}),
        ({"entry_fee": None, "royalty": None, "royalty_base": ""}, {"lump_sum"}),
        ({"entry_fee": 0}, {"entry_fee"}),
        ({"royalty": 10_001}, {"royalty"}),
        ({"royalty": 0}, {"royalty"}),
        ({"royalty_base": "moonlight"}, {"royalty_base"}),
        ({"royalty": None, "royalty_base": "", "royalty_minimum": 5}, {"royalty_minimum"}),
        ({"until": TODAY}, {"until"}),
        ({"valid_until": date(2026, 11, 22)}, {"valid_until"}),
        ({"valid_until": TODAY}, set()),
        ({"note": "长" * 501}, {"note"}),
        ({"tax_basis": ""}, {"tax_basis"}),
        ({"lump_sum": 10, "instalments": (Instalment(4, "签约"),)}, {"instalments"}),
        ({"lump_sum": 10, "instalments": (Instalment(4, "签约"), Instalment(6, "验收"))}, set()),
        ({"lump_sum": 4, "instalments": (Instalment(4, " "),)}, {"instalments"}),
        ({"equity": 1500, "company": "某公司"}, {"equity"}),
        ({"company": "某公司"}, {"equity"}),
        (SHARES, set()),
        (SHARES | {"lump_sum": 10}, set()),
        (SHARES | {"equity": None}, {"equity", "lump_sum"}),
        (SHARES | {"equity": 10_001}, {"equity"}),
        (SHARES | {"equity": 0}, {"equity"}),
        (SHARES | {"company": " "}, {"company"}),
    ],
)
def test_what_an_offer_must_say(more, fields):
    assert set(problems(terms(**more), "CNY", TODAY)) == fields


def test_the_difference_names_fields_in_reading_order():
    before = terms()
    after = replace(before, royalty=350, entry_fee=260_000_000, audit="每年两次")
    assert changed(before, after) == ("entry_fee", "royalty", "audit")
    assert changed(before, before) == ()


def test_versions_stand_side_by_side():
    first = terms()
    second = replace(first, royalty=350)
    table = dict(side_by_side([first, second, second]))
    assert [cell.changed for cell in table["royalty"]] == [False, True, False]
    assert [cell.value for cell in table["royalty"]] == [300, 350, 350]
    assert "lump_sum" not in table  # a row that nobody fills is no row


amounts = st.none() | st.integers(1, 10**12)


@given(
    amounts,
    amounts,
    st.text(max_size=40),
    st.none() | st.dates(),
    st.lists(st.builds(Instalment, st.integers(1, 10**9), st.text(max_size=9)), max_size=3),
)
def test_terms_come_back_as_they_went(lump_sum, entry_fee, field, until, parts):
    sent = terms(
        lump_sum=lump_sum, entry_fee=entry_fee, field=field, until=until, instalments=tuple(parts)
    )
    assert Terms.load(sent.dump()) == sent


LADDER = Steps("amount", "year", (Step(100_000_000, 250), Step(500_000_000, 200)))


def stepped(*each: tuple[int, int], by: str = "amount", within: str = "year") -> Steps:
    return Steps(by, within, tuple(Step(*one) for one in each))


@pytest.mark.parametrize(
    ("steps", "codes"),
    [
        (LADDER, set()),
        (stepped((1, 0)), set()),
        (stepped((1, 10_000)), set()),
        (stepped((1000, 200), (5000, 0), by="quantity", within="term"), set()),
        (stepped(), {"steps_many"}),
        (stepped(*((n, n) for n in range(1, 8))), {"steps_many"}),
        (stepped((1, 200), by=""), {"steps_measure"}),
        (stepped((1, 200), within="month"), {"steps_measure"}),
        (stepped((0, 200)), {"step_above"}),
        (stepped((1, 10_001)), {"step_rate"}),
        (stepped((1, -1)), {"step_rate"}),
        (stepped((5, 200), (5, 100)), {"steps_order"}),
        (stepped((5, 200), (4, 100)), {"steps_order"}),
        (stepped((5, 300)), {"step_same"}),
        (stepped((5, 200), (6, 200)), {"step_same"}),
    ],
)
def test_steps_of_a_royalty(steps, codes):
    assert {one.code for one in step_problems(300, steps)} == codes
    found = problems(terms(royalty_steps=steps), "CNY", TODAY)
    assert {one.code for one in found.get("royalty_steps", [])} == codes


def test_steps_without_a_royalty():
    found = problems(terms(royalty=None, royalty_base="", royalty_steps=LADDER), "CNY", TODAY)
    assert [one.code for one in found["royalty_steps"]] == ["steps_without_royalty"]
    assert step_problems(None, None) == []


def test_the_difference_of_steps_is_readable_in_both_languages():
    before, after = terms(royalty_steps=LADDER), terms(royalty_steps=stepped((100_000_000, 200)))
    assert changed(before, after) == ("royalty_steps",)
    rows = dict(side_by_side([terms(), before, after]))["royalty_steps"]
    assert [cell.changed for cell in rows] == [False, True, True]
    said = [term_value("royalty_steps", cell.value, "CNY", "en") for cell in rows]
    assert said[0] == "—"
    assert said[1] == (
        "counted in each calendar year; 2.5% of what lies above ¥1,000,000.00; "
        "2% of what lies above ¥5,000,000.00"
    )
    units = stepped((1000, 150), by="quantity", within="term")
    chinese = term_value("royalty_steps", units, "CNY", "zh")
    assert chinese == "按整个合同期累计；超过1,000件的部分按1.5%"


def test_terms_without_steps_are_kept_as_before_there_were_any():
    assert "royalty_steps" not in terms().dump()
    assert Terms.load(terms(royalty_steps=LADDER).dump()).royalty_steps == LADDER


RISING = st.lists(st.integers(1, 10**12), min_size=1, max_size=6, unique=True).map(sorted)


@given(RISING, st.lists(st.integers(0, 10_000), min_size=7, max_size=7), st.integers(0, 10**13))
def test_tiers_leave_no_gap_and_count_nothing_twice(begins, rates, counted):
    each = [Step(*one) for one in zip(begins, rates[1:], strict=False)]
    found = tiers(rates[0], each)
    assert found[0][0] == 0
    assert found[-1][1] is None
    assert all(one[1] == later[0] for one, later in pairwise(found))
    one_rate = [Step(begin, rates[0]) for begin in begins]
    assert royalty_of(rates[0], one_rate, counted) == Fraction(counted * rates[0], 10_000)
    assert royalty_of(rates[0], each, counted) <= royalty_of(10_000, [], counted)
    assert royalty_of(rates[0], each, counted + 1) >= royalty_of(rates[0], each, counted)


def test_a_falling_royalty_is_summed_by_its_parts():
    assert royalty_of(300, LADDER.each, 600_000_000) == 3_000_000 + 10_000_000 + 2_000_000
