"""Required fields, fees and numbering: in the form, approved, and obeyed by what reads them."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from bootstrap import ROOT
from core.errors import Invalid
from core.law import LawBook
from core.times import legal_date
from governance.actions.propose_amendment import propose_amendment
from governance.amending import Proposed
from governance.chapters import CHAPTERS, entries, value_problem
from listings.need_rules import NeedFilled, need_missing
from listings.rules import CHOOSABLE, PUBLISHED, SUBMITTED, Filled, missing
from tests.contracts.test_fees import HEAD, RULE


@pytest.fixture(scope="module")
def book():
    return LawBook.load(ROOT / "policies")


@pytest.mark.parametrize("name", ["cn-national", "cn-zhejiang"])
def test_what_the_files_say_would_be_taken(book, name):
    profile = book.profile(name, date(2026, 11, 29))
    for chapter in CHAPTERS.values():
        found = entries(chapter, profile)
        assert found, chapter.key
        for entry in found:
            assert value_problem(profile.value(entry.rule), may_be_unset=False) is None, entry.rule


def test_every_rule_of_the_market_stands_in_one_chapter_only(book):
    profile = book.profile("cn-national", date(2026, 11, 29))
    named = [entry.rule for one in CHAPTERS.values() for entry in entries(one, profile)]
    assert len(named) == len(set(named))
    assert {"deal.idle_days", "platform.appeal_days", "fee.contract.days"} <= set(named)


@pytest.mark.parametrize("code", sorted({*CHOOSABLE[SUBMITTED], *CHOOSABLE[PUBLISHED]}))
def test_every_field_that_can_be_asked_for_is_missed_when_it_is_empty(code):
    assert code in missing(Filled("result"), [code])


@pytest.mark.parametrize("code", sorted(vars(NeedFilled())))
def test_every_field_of_a_need_too(code):
    assert code in need_missing(NeedFilled(), [code])
    assert need_missing(NeedFilled(**{code: True, "problem": True}), [code]) == ()


def test_a_need_says_what_is_wanted_whatever_the_rule_says():
    assert need_missing(NeedFilled(), []) == ("problem",)


@pytest.mark.parametrize(
    ("rule", "unit", "value"),
    [
        ("fee.contract.seller", "ratio", "1.5"),
        ("numbering.contract", "code", '"HT-2026"'),
        ("numbering.deal", "code", '"<b>{n}"'),
        ("listing.required.submitted", "codes", '["title", "owner", "secrecy", "moon"]'),
        ("listing.required.submitted", "codes", '["abstract"]'),
        ("need.required.published", "codes", '["title", "owner"]'),
    ],
)
def test_what_the_market_would_choke_on_is_refused(stage, runtime, rule, unit, value):
    day = tomorrow(runtime)
    text = HEAD + RULE.format(rule=rule, unit=unit, value=value, day=day)
    with pytest.raises(Invalid) as refused:
        stage.executor.run(
            stage.operator, propose_amendment, Proposed("profile", "cn-national", text, day, "理由")
        )
    assert set(refused.value.problems) == {rule}


def test_a_rule_that_is_read_cannot_be_unset(stage, runtime):
    day = tomorrow(runtime)
    text = HEAD + RULE.format(rule="deal.idle_days", unit="calendar_days", value=1, day=day)
    text = text.replace("value = 1", "unset = true")
    with pytest.raises(Invalid):
        stage.executor.run(
            stage.operator, propose_amendment, Proposed("profile", "cn-national", text, day, "理由")
        )


def tomorrow(runtime) -> date:
    with runtime.database.read() as session:
        today = legal_date(runtime.database.now(session), runtime.settings.zone)
    return today + timedelta(days=8)


# The pages.

CONSOLE = "/operator/policies/profiles/cn-national"


def typed(page: str) -> dict[str, list[str]]:
    """The form as a browser would send it back: texts, and what is ticked."""
    said: dict[str, list[str]] = {}
    for one in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="([^"]+)"', one), re.search(r'value="([^"]*)"', one)
        kind = re.search(r'type="(\w+)"', one)
        if name is None or name[1] == "csrf_token" or not re.search(r"\.", name[1]):
            continue
        if kind and kind[1] == "checkbox" and "checked" not in one:
            continue
        said.setdefault(name[1], []).append(value[1] if value else "")
    return said


def test_a_fee_is_proposed_in_the_form_and_compared(sample_market, client_of):
    client, day = client_of("operator"), far(sample_market)
    page = client.get(f"{CONSOLE}/fees").text
    form = typed(page)
    assert form["fee.contract.days"] == ["30"]
    form |= {"fee.contract.seller": ["0.01"], "fee.contract.at_most": ["CNY 20000.00"]}
    form |= {"takes_effect": [day], "reason": ["支付服务成本。"], "reason_en": ["Costs."]}
    answer = client.post(f"{CONSOLE}/fees", data=form)
    assert answer.status_code == 302, answer.text
    one = client.get(answer.headers["Location"]).text
    assert "fee.contract.seller" in one
    assert "0.01" in one
    assert "CNY 20000.00" in one
    assert "fee.contract.days" not in one, "what did not change is not proposed"


def test_a_field_is_asked_for_by_a_tick(sample_market, client_of):
    client, day = client_of("operator"), far(sample_market)
    form = typed(client.get(f"{CONSOLE}/required").text)
    assert "keywords" not in form[SUBMITTED]
    form[SUBMITTED].append("keywords")
    form |= {"takes_effect": [day], "reason": ["便于检索。"]}
    answer = client.post(f"{CONSOLE}/required", data=form)
    assert answer.status_code == 302, answer.text
    one = client.get(answer.headers["Location"]).text
    assert "keywords" in one
    assert PUBLISHED not in one


def test_nothing_changed_is_a_sentence_not_a_proposal(sample_market, client_of):
    client = client_of("operator")
    for chapter in CHAPTERS:
        form = typed(client.get(f"{CONSOLE}/{chapter}").text)
        form |= {"takes_effect": [far(sample_market)], "reason": ["没有"]}
        answer = client.post(f"{CONSOLE}/{chapter}", data=form)
        assert answer.status_code == 422, chapter
        assert "没有更改任何规则" in answer.text


def test_a_wrong_pattern_is_said_beside_its_field(sample_market, client_of):
    client = client_of("operator")
    form = typed(client.get(f"{CONSOLE}/numbering").text)
    form |= {"numbering.contract": ["HT-2026"], "takes_effect": [far(sample_market)]}
    answer = client.post(f"{CONSOLE}/numbering", data=form | {"reason": ["理由"]})
    assert answer.status_code == 422
    assert 'id="numbering.contract-error"' in answer.text


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("fee.contract.at_least", "CNY 一百"),
        ("fee.contract.at_least", "CNY NaN"),
        ("fee.contract.at_most", "一百"),
        ("fee.contract.days", "１５"),
        ("fee.contract.days", "15\nenforce = 'block'"),
        ("fee.contract.buyer", "true"),
    ],
)
def test_what_is_no_value_is_said_beside_its_field(sample_market, client_of, rule, value):
    client = client_of("operator")
    form = typed(client.get(f"{CONSOLE}/fees").text) | {rule: [value]}
    form |= {"takes_effect": [far(sample_market)], "reason": ["理由"]}
    answer = client.post(f"{CONSOLE}/fees", data=form)
    assert answer.status_code == 422
    assert f'id="{rule}-error"' in answer.text
    assert "请填写形如" in answer.text


def test_everybody_reads_the_fees(client_of):
    page = client_of(None).get("/fees").text
    assert "本市场不收费" in page
    assert "fee.contract.seller" in page
    assert "charges nothing" in client_of(None).get("/en/fees").text


def far(sample_market) -> str:
    with sample_market.database.read() as session:
        now = sample_market.database.now(session)
    return (legal_date(now, sample_market.settings.zone) + timedelta(days=30)).isoformat()
