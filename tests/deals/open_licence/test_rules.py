"""What a statement must say and what stands against it, as tables and for anything typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deals.offers import Instalment
from deals.open_licence.rules import (
    ITEMS,
    Bar,
    Patent,
    above_guide,
    announcement_problems,
    fixed_fee,
    patent_problems,
    statement_problems,
)
from deals.royalties import Step, Steps
from tests.deals.open_licence.conftest import TODAY, UNTIL, statement

GRANTED = Patent("ZL202219155730", "invention", in_force=True, ends=date(2042, 3, 1))


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ({}, {}),
        ({"way": "exclusive"}, {"way": "open_is_ordinary"}),
        ({"until": None}, {"until": "term_missing"}),
        ({"field": "手机"}, {"conditions": "open_to_all"}),
        ({"territory": "CN-33"}, {"conditions": "open_to_all"}),
        ({"domestic_only": True}, {"conditions": "open_to_all"}),
        ({"instalments": (Instalment(10_000_000, "签订"),)}, {"lump_sum": "fee_in_parts"}),
        ({"conditions": "国内领先的工艺"}, {"conditions": "advertising"}),
        ({"conditions": "A world-class process"}, {"conditions": "advertising"}),
        ({"conditions": "须自备镀膜设备。"}, {}),
        ({"lump_sum": 2_000_000_001}, {"fee_reason": "fee_high"}),
        ({"lump_sum": 2_000_000_001, "fee_reason": "含中试数据与两年指导"}, {}),
        ({"royalty": 2001, "royalty_base": "net_sales"}, {"fee_reason": "fee_high"}),
        ({"royalty": 2000, "royalty_base": "net_sales"}, {}),
        ({"royalty": 4001, "royalty_base": "profit"}, {"fee_reason": "fee_high"}),
        ({"royalty": 4000, "royalty_base": "profit"}, {}),
    ],
)
def test_what_a_statement_says(law, more, wrong):
    found = statement_problems(statement(**more), law)
    assert {name: problems[0].code for name, problems in found.items()} == wrong


@pytest.mark.parametrize(
    ("patent", "more", "wrong"),
    [
        (GRANTED, {}, {}),
        (None, {}, {"": ["one_patent"]}),
        (replace(GRANTED, in_force=False), {}, {"": ["not_granted"]}),
        (replace(GRANTED, number=""), {}, {"": ["not_granted"]}),
        (replace(GRANTED, ends=UNTIL), {}, {}),
        (replace(GRANTED, ends=UNTIL - timedelta(1)), {}, {"until": ["term_long"]}),
        (replace(GRANTED, ends=None), {}, {}),
        (replace(GRANTED, kind="utility_model"), {}, {"report": ["report_missing"]}),
        (replace(GRANTED, kind="design"), {"report": "2026ZP001"}, {}),
        (replace(GRANTED, bars=frozenset({Bar.ALONE})), {}, {"": ["exclusive_or_sole"]}),
        (GRANTED, {"unsuspended": False}, {"": ["suspended"]}),
        (replace(GRANTED, bars=frozenset({Bar.ANNUITY})), {}, {"": ["annuity_unpaid"]}),
        (replace(GRANTED, bars=frozenset({Bar.PLEDGED})), {}, {"": ["pledged"]}),
        (replace(GRANTED, bars=frozenset(Bar)), {},
         {"": ["exclusive_or_sole", "suspended", "annuity_unpaid", "pledged"]}),
        (replace(GRANTED, co_owners_open=1), {}, {"": ["co_owners"]}),
    ],
)  # fmt: skip
def test_what_stands_against_it(law, patent, more, wrong):
    found = patent_problems(statement(**more), patent, law)
    assert {name: [one.code for one in problems] for name, problems in found.items()} == wrong


amounts = st.one_of(st.none(), st.integers(1, 3_000_000_000))


@given(amounts, amounts, st.one_of(st.none(), st.integers(1, 10_000)),
       st.sampled_from(["net_sales", "profit", "units"]))  # fmt: skip
def test_the_guide_measures_what_is_fixed_and_what_is_shared(law, lump, entry, royalty, base):
    terms = statement(lump_sum=lump, entry_fee=entry, royalty=royalty, royalty_base=base)
    found = above_guide(terms.posted.terms, law)
    assert fixed_fee(terms.posted.terms) == (lump or 0) + (entry or 0)
    assert ("open_licence.fixed_max" in found) == ((lump or 0) + (entry or 0) > 2_000_000_000)
    most = {"net_sales": 2000, "profit": 4000}.get(base, 10_000)
    assert (len(set(found) - {"open_licence.fixed_max"}) == 1) == ((royalty or 0) > most)


@pytest.mark.parametrize(
    ("number", "on", "since", "wrong"),
    [
        ("2026-47-0031", TODAY, None, set()),
        ("2026-47-0031", TODAY, TODAY, set()),
        (" ", TODAY, None, {"number"}),
        ("9" * 41, TODAY, None, {"number"}),
        ("1", None, None, {"on"}),
        ("1", TODAY + timedelta(1), None, {"on"}),
        ("1", TODAY - timedelta(1), TODAY, {"on"}),
    ],
)
def test_what_the_office_announced(number, on, since, wrong):
    assert set(announcement_problems(number, on, TODAY, since)) == wrong


def test_the_items_of_a_statement_are_the_profiles(law):
    """An office that wants neither asks for neither."""
    values = dict(law.values)
    values[ITEMS] = replace(law.value(ITEMS), value=("owner", "fee"))
    other = replace(law, values=values)
    assert statement_problems(statement(until=None), other) == {}
    unnamed = replace(GRANTED, number="")
    assert set(patent_problems(statement(), unnamed, law)) == {""}
    assert patent_problems(statement(), unnamed, other) == {}
    stepped = Steps("amount", "year", (Step(5, 2001),))
    said = statement(royalty=300, royalty_base="net_sales", royalty_steps=stepped)
    assert set(statement_problems(said, law)) == {"fee_reason"}
