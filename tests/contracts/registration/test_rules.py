"""The form against the contract, the law profile's figures, and the register's number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from contracts.registration.errors import ContractRegistrationMovedOn
from contracts.registration.form import (
    Form,
    Party,
    country_code,
    crossing,
    first_form,
    is_chinese,
    needs_summary,
)
from contracts.registration.rules import (
    expected_answer,
    form_problems,
    number_problems,
    price_problems,
)
from contracts.registration.states import (
    REGISTRATION,
    RegistrationAct,
    RegistrationState,
    acts_from,
    after,
)
from contracts.registration.working import registering_side
from core.law import LawBook
from deals.offers import Terms
from tests.contracts.conftest import draft
from tests.contracts.test_lint import matter

BOOK = LawBook.load(Path(__file__).resolve().parents[3] / "policies")
ON = date(2026, 11, 30)
ZHEJIANG, NATIONAL = BOOK.profile("cn-zhejiang", ON), BOOK.profile("cn-national", ON)
HERE, ABROAD = Party("", "156", "330100", "institution"), Party("", "276", "", "abroad")


def form(**more: object) -> Form:
    begun = first_form(matter(), draft(), HERE, replace(HERE, legal_type="enterprise"), ON)
    full = {"field": "3", "plan": "none", "ip_type": "invention"}
    return replace(begun, **(full | {"new_investment": 0, "new_output": 0} | more))


def test_every_cell_of_the_table():
    for state in RegistrationState:
        for act in RegistrationAct:
            if (state, act) in REGISTRATION:
                assert after(state, act) == REGISTRATION[state, act]
                assert act in acts_from(state)
            else:
                with pytest.raises(ContractRegistrationMovedOn):
                    after(state, act)


def test_the_form_begins_with_what_the_contract_says():
    begun = form()
    assert (begun.kind, begun.seller.name) == ("licence_contract", matter().seller)
    assert begun.turnover == begun.tech_amount == matter().terms.lump_sum
    assert Form.load(begun.dump()) == begun
    assert form_problems(begun, draft(), ZHEJIANG) == {}
    assert price_problems(begun, matter().terms) == {}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "sale"}, "kind"),
        ({"project": " "}, "project"),
        ({"project": "长" * 201}, "project"),
        ({"ip_type": "secret"}, "ip_type"),
        ({"plan": ""}, "plan"),
        ({"field": ""}, "field"),
        ({"payment": "barter"}, "payment"),
        ({"signed_on": None}, "signed_on"),
        ({"starts_on": None}, "starts_on"),
        ({"ends_on": date(2026, 11, 29)}, "ends_on"),
        ({"turnover": None}, "turnover"),
        ({"turnover": 0}, "turnover"),
        ({"tech_amount": None}, "tech_amount"),
        ({"tech_amount": -1}, "tech_amount"),
        ({"tech_amount": 10_000_000_000}, "tech_amount"),
        ({"new_output": None}, "new_output"),
        ({"new_investment": -1}, "new_investment"),
        ({"seller": replace(HERE, country="CN")}, "seller_country"),
        ({"seller": replace(HERE, region="33")}, "seller_region"),
        ({"buyer": replace(HERE, legal_type="")}, "buyer_legal_type"),
        ({"summary": "长" * 4001}, "summary"),
    ],
)
def test_what_the_registry_would_give_back_is_found_first(wrong, field):
    assert list(form_problems(form(**wrong), draft(), ZHEJIANG)) == [field]


def test_only_transfers_say_what_the_buyer_plans():
    plain = form(kind="service", new_investment=None, new_output=None)
    assert form_problems(plain, draft(), ZHEJIANG) == {}


def test_a_contract_in_another_language_needs_a_chinese_sheet():
    english = draft(**{name: "The licensee may use it." for name, _ in draft().items})
    assert needs_summary(english)
    assert not needs_summary(draft())
    assert is_chinese("采用 CVD 法制备的 SiC 薄膜")
    for summary, wrong in (("", True), ("A licence.", True), ("许可实施散热膜。", False)):
        found = form_problems(form(summary=summary), english, ZHEJIANG)
        assert ("summary" in found) == wrong


@pytest.mark.parametrize(
    ("terms", "turnover", "code"),
    [
        ({"lump_sum": 100}, 100, None),
        ({"lump_sum": 100}, 101, "turnover_is_not_price"),
        ({"lump_sum": 100, "entry_fee": 5}, 105, None),
        ({"entry_fee": 5, "royalty": 300}, 4, "turnover_below_price"),
        ({"entry_fee": 5, "royalty": 300}, 90, None),
        ({"royalty": 300}, 90, None),
    ],
)
def test_the_turnover_is_what_the_contract_says_is_paid(terms, turnover, code):
    of = Terms(way="ordinary", currency="CNY", **terms)
    found = price_problems(form(turnover=turnover), of)
    assert [one.code for one in found.get("turnover", [])] == ([code] if code else [])


def test_the_registrys_days_are_those_of_the_profile():
    small, large = form(turnover=100), form(turnover=500_000_000)
    assert expected_answer(small, ZHEJIANG, ON).day == date(2026, 12, 10)
    assert expected_answer(large, ZHEJIANG, ON).day == date(2026, 12, 10)
    fifteen, thirty = (expected_answer(one, NATIONAL, ON) for one in (small, large))
    assert fifteen.day == date(2026, 12, 21)
    assert thirty.day > fifteen.day
    assert thirty.provisional
    assert expected_answer(replace(large, currency="USD"), NATIONAL, ON) == fifteen


@pytest.mark.parametrize(
    ("number", "day", "fields"),
    [
        ("2026330100001234", ON, []),
        ("202633010000123", ON, ["number"]),
        ("２０２６330100001234", ON, ["number"]),
        ("2026330100001234", date(2026, 12, 1), ["registered_on"]),
        ("2026330100001234", date(2026, 11, 28), ["registered_on"]),
        ("", None, ["number", "registered_on"]),
    ],
)
def test_a_number_of_the_register_has_sixteen_digits(number, day, fields):
    assert list(number_problems(number, day, (date(2026, 11, 29), ON), 16)) == fields


def test_who_registers_and_what_passes_the_border():
    for seller, buyer, side, passes in (
        (HERE, HERE, "seller", ""),
        (HERE, ABROAD, "seller", "export"),
        (ABROAD, HERE, "buyer", "import"),
        (ABROAD, ABROAD, "seller", ""),
    ):
        one = form(seller=seller, buyer=buyer)
        assert (registering_side(one), crossing(one)) == (side, passes)
    assert [country_code(two) for two in ("CN", "DE", "FR", "??")] == ["156", "276", "250", ""]
