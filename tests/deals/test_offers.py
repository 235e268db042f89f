"""Structured terms: what they must say, and the difference that a reader sees."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deals.offers import Instalment, Terms, changed, problems, side_by_side
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
    after = replace(before, royalty=350, entry_fee=260_000_000, audit="每年一次")
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
