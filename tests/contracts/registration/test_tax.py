"""Estimates by the figures of the profile, at their borders."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from contracts.tax import SAID, estimates, halved
from core.i18n import translator
from core.money import Money
from deals.offers import Terms
from tests.contracts.registration.test_rules import HERE, NATIONAL, ZHEJIANG, form

CNY = "CNY"


def yuan(major: int) -> Money:
    return Money(major * 100, CNY)


@pytest.mark.parametrize(
    ("basis", "parts"),
    [
        (0, (0, 0, 0)),
        (4_999_999, (4_999_999, 0, 0)),
        (5_000_000, (5_000_000, 0, 0)),
        (5_000_001, (5_000_000, 1, None)),
        (8_000_000, (5_000_000, 3_000_000, 1_500_000)),
    ],
)
def test_up_to_five_million_is_exempt_and_the_rest_counts_half(basis, parts):
    exempt, rest, counted = halved(yuan(basis), yuan(5_000_000))
    assert (exempt, rest) == (yuan(parts[0]), yuan(parts[1]))
    assert counted == (Money(50, CNY) if parts[2] is None else yuan(parts[2]))


def codes(profile=ZHEJIANG, terms: dict | None = None, **more: object) -> dict[str, dict]:
    of = Terms(**({"way": "assignment", "currency": CNY, "lump_sum": 800_000_000} | (terms or {})))
    one = form(**({"turnover": 800_000_000, "tech_amount": 800_000_000} | more))
    return {found.code: found.params for found in estimates(one, of, profile)}


def test_an_assignment_in_zhejiang():
    found = codes()
    assert found["cit"]["counted"] == yuan(1_500_000)
    assert found["pit"] == {"reward": yuan(5_600_000), "counted": yuan(2_800_000), "months": 36}
    assert found["stamp"]["duty"] == yuan(2_400)
    assert found["vat_unknown"] == {}


def test_what_differs_by_profile_way_and_term():
    assert codes(NATIONAL)["pit"]["reward"] == yuan(4_000_000)
    start = date(2026, 11, 30)
    licences = {None: "cit", date(2031, 11, 30): "cit", date(2031, 11, 29): "cit_short"}
    for until, code in licences.items():
        found = codes(terms={"way": "ordinary", "until": until}, starts_on=start)
        assert {one for one in found if one.startswith("cit")} == {code}
    assert "cit_way" in codes(terms={"way": "joint_development"})
    assert "pit" not in codes(seller=replace(HERE, legal_type="enterprise"))
    assert not [one for one in codes(currency="USD") if one == "cit"]
    assert codes(tech_amount=None) == {}


def test_every_estimate_cites_its_rule_and_reads_in_both_languages():
    of = Terms(way="assignment", currency=CNY, lump_sum=1)
    for found in estimates(form(), of, ZHEJIANG):
        assert all(rule.citation and rule.citation_en for rule in found.rules)
        chinese = translator("zh").gettext(SAID[found.code], **found.params)
        assert chinese != SAID[found.code] % found.params
