"""Every rule that ships has a name and a value that people can read, in both languages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask

from core import reference
from core.i18n import LANGUAGES
from core.law.book import LawBook
from core.law.values import LawValue
from core.money import Money
from webapp.language import LANGUAGE_KEY
from webapp.presenters.console import GROUPS, console_place
from webapp.presenters.rule_words import in_words, rule_name, sections

ROOT = Path(__file__).resolve().parents[2]
BOOK = LawBook.load(ROOT / "policies")
RULES = {rule.rule_id: rule for source in BOOK.sources.values() for rule in source.rules}


@pytest.fixture(params=LANGUAGES)
def language(request, monkeypatch):
    app = Flask("words")
    with app.test_request_context(environ_base={LANGUAGE_KEY: request.param}):
        yield request.param


def _rule(value: object, unit: str) -> LawValue:
    day = date(2026, 1, 1)
    return LawValue("x.y", value, unit, "cn", day, None, "", "", "H", day, "inform")  # type: ignore[arg-type]


@pytest.mark.parametrize("rule_id", sorted(RULES))
def test_every_rule_has_a_name_under_a_section(rule_id):
    entry = reference.find("rules", rule_id)
    assert entry is not None, f"reference/rules.csv has no line for {rule_id}"
    assert reference.table("rules").entries[entry.parent].parent == ""


def test_every_word_of_a_value_has_a_name():
    words, known = set(), reference.table("rule_words").entries
    for rule in RULES.values():
        if rule.unit in ("code", "codes"):
            words |= {rule.value} if isinstance(rule.value, str) else set(rule.value or ())
        elif isinstance(rule.value, dict):
            words |= set(rule.value)
    assert words - set(known) == set()


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (15, "calendar_days", "15 个自然日", "15 calendar days"),
        (1, "working_days", "1 个工作日", "1 working day"),
        (1200, "months", "1,200 个月", "1,200 months"),
        (Decimal("0.05"), "ratio", "5%", "5%"),
        (Decimal("0.0003"), "ratio", "0.03%", "0.03%"),
        (Decimal("1"), "ratio", "100%", "100%"),
        (Decimal("0"), "ratio", "0%", "0%"),
        (True, "flag", "是", "yes"),
        (False, "flag", "否", "no"),
        (("sole", "exclusive"), "codes", "排他许可，独占许可", "sole licence, exclusive licence"),
        ((), "codes", "—", "—"),
        (None, "code", "—", "—"),
        ("a_word_of_ones_own", "code", "a_word_of_ones_own", "a_word_of_ones_own"),
        ({"min": Decimal("0.05"), "max": Decimal("0.2")}, "table", "最低 5%；最高 20%",
         "at least 5%; at most 20%"),
    ],
)  # fmt: skip
def test_values_in_words(language, value, unit, zh, en):
    assert in_words(_rule(value, unit)) == {"zh": zh, "en": en}[language]


def test_money_is_shown_as_money(language):
    assert "4,000" in in_words(_rule(Money.of(4000, "CNY"), "money"))


def test_a_rule_of_the_operators_own_stands_under_its_id(language):
    own = _rule(3, "count")
    assert rule_name("x.y") == "x.y"
    assert sections([own])[-1][0] == "other"
    assert next(code for code, _, _ in sections(RULES.values())) == "price"
    assert sum(len(rules) for _, _, rules in sections([*RULES.values(), own])) == len(RULES) + 1


@pytest.mark.parametrize(
    ("endpoint", "waiting", "group", "tab"),
    [
        ("operator.home", False, "Today's work", "Desk"),
        ("operator.organisations", True, "People and organisations", "Vetting"),
        ("operator.organisations", False, "People and organisations", "Organisations"),
        ("revoking.one", False, "People and organisations", "People"),
        ("policies.one", False, "Rules", "Rules"),
        ("oversight.audit", False, "System", "Audit"),
        ("stops.feature", False, "Rules", "Features"),
        ("unheard.of", False, "Today's work", "Desk"),
    ],
)
def test_a_page_of_the_console_knows_its_place(endpoint, waiting, group, tab):
    found = console_place(endpoint, waiting)
    assert (found[0].name, found[1].name) == (group, tab)
    assert found[1] in found[0].tabs
    assert len({one.name for one in GROUPS}) == len(GROUPS)
