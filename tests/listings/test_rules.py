"""Required fields, shares, secrecy, the second person, and what is wrong with an input."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bootstrap import ROOT
from core.law.book import LawBook
from core.money import Money
from listings.errors import Classified, OwnWork, SharesWrong, TitleOpen
from listings.inputs import (
    AssetChange,
    ContactInput,
    ListingChange,
    NeedInput,
    NeedTranslation,
    TextInput,
    WayInput,
)
from listings.kinds import CheckItem, CheckOutcome, Way
from listings.rules import (
    LONGEST_PROMISE,
    Filled,
    TitleFacts,
    check_approver,
    check_secrecy,
    check_shares,
    check_title_done,
    missing,
    need_problems,
    problems,
    promise_problems,
    propose,
)

FULL = Filled("result", "题名", "一句话", "摘要", ways=1, contact=True, trl=5, contributors=1)
SUBMITTED = ("title", "owner", "value_line", "abstract", "contact", "ways", "trl", "contributors")


LAW = LawBook.load(ROOT / "policies").profile("cn-zhejiang", date(2026, 11, 30))


def ruled(**more: object):
    """The shipped profile with the rule about promises changed."""
    return replace(
        LAW, values=LAW.values | {LONGEST_PROMISE: replace(LAW.value(LONGEST_PROMISE), **more)}
    )


@pytest.mark.parametrize(
    ("days", "law", "most"),
    [
        (15, LAW, None),
        (16, LAW, 15),
        (60, LAW, 15),
        (16, ruled(value=20), None),
        (21, ruled(value=20), 20),
        (60, ruled(value=None), None),
        (60, ruled(enforce="inform"), None),
        (60, replace(LAW, values={}), None),
    ],
)
def test_a_contact_promises_within_the_days_of_the_profile(days, law, most):
    change = ListingChange(contact=ContactInput(name="周", answer_days=days))
    found = promise_problems(change, law, "en").get("answer_days", [])
    assert [(one.code, one.params["most"], one.params["citation"]) for one in found] == (
        [] if most is None else [("promise_long", most, LAW.value(LONGEST_PROMISE).citation_en)]
    )


def test_a_change_that_says_nothing_of_the_contact_promises_nothing():
    assert promise_problems(ListingChange(), LAW, "zh") == {}


def test_a_draft_needs_title_and_one_sentence():
    assert missing(Filled("result"), ("title", "owner", "sentence")) == ("title", "value_line")
    assert missing(Filled("result", "题名", "一句话"), ("title", "owner", "sentence")) == ()


def test_review_needs_what_the_profile_says():
    assert missing(FULL, SUBMITTED) == ()
    assert missing(Filled("result", "题名"), SUBMITTED)[0] == "value_line"


@pytest.mark.parametrize(
    ("kind", "lacking"), [("patent", ("patents",)), ("package", ("members",)), ("know_how", ())]
)
def test_each_kind_asks_for_its_own(kind, lacking):
    assert missing(Filled(**(vars(FULL) | {"kind": kind})), SUBMITTED) == lacking


def test_a_patent_is_not_asked_for_its_readiness():
    filled = Filled("patent", "题名", "一句话", "摘要", ways=1, contact=True, patents=1)
    assert missing(filled, SUBMITTED) == ()


@pytest.mark.parametrize("shares", [[10_000], [6000, 4000], [None, None], []])
def test_shares_that_add_up(shares):
    assert check_shares(shares) is None


@pytest.mark.parametrize("shares", [[6000, 3999], [10_001], [5000, None], [0]])
def test_shares_that_do_not(shares):
    with pytest.raises(SharesWrong):
        check_shares(shares)


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=8))
def test_only_a_whole_is_accepted(shares):
    if sum(shares) == 10_000:
        assert check_shares(shares) is None
    else:
        with pytest.raises(SharesWrong):
            check_shares(shares)


@pytest.mark.parametrize("secrecy", ["confidential", "secret", "top_secret"])
def test_state_secrets_are_refused(secrecy):
    with pytest.raises(Classified):
        check_secrecy(secrecy)


@pytest.mark.parametrize(
    ("person", "author", "submitter", "allowed"),
    [
        ("b", "a", "a", True),
        ("b", None, None, True),
        ("a", "a", "a", False),
        ("b", "a", "b", False),
        (None, "a", "a", False),
    ],
)
def test_the_second_person(person, author, submitter, allowed):
    if allowed:
        assert check_approver(person, author, submitter) is None
    else:
        with pytest.raises(OwnWork):
            check_approver(person, author, submitter)


def test_title_check_counts_what_is_open():
    with pytest.raises(TitleOpen) as refusal:
        check_title_done({"owner": "ok", "pledge": "waits"})
    assert refusal.value.params == {"count": 4}
    assert check_title_done(dict.fromkeys(CheckItem, "ok")) is None


def test_the_register_proposes_answers():
    facts = TitleFacts(1, 1, 1, 1, 1, 1, date(2026, 1, 1), 2, 0)
    found = propose(facts)
    assert found[CheckItem.OWNER] is None
    assert found[CheckItem.CO_OWNERS] is CheckOutcome.WAITS
    assert found[CheckItem.PLEDGE] is CheckOutcome.MISSING
    assert found[CheckItem.ANNUITY] is CheckOutcome.MISSING
    clean = propose(TitleFacts(0, 0, 0, 0, 0, 0, None, 0, 0))
    assert {clean[item] for item in list(CheckItem)[1:]} == {CheckOutcome.OK}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (ListingChange(texts=(TextInput("zh", " "),)), "title"),
        (ListingChange(texts=(TextInput("fr", "x"),)), "language"),
        (ListingChange(texts=(TextInput("zh", "x", keywords=("a", "b", "c", "d")),)), "keywords"),
        (ListingChange(texts=(TextInput("zh", "x" * 121),)), "title"),
        (ListingChange(texts=(TextInput("zh", "甲"), TextInput("zh", "乙"))), "texts"),
        (ListingChange(contact=ContactInput(answer_days=0)), "answer_days"),
        (ListingChange(ways=(WayInput(Way.SOLE, royalty_bp=300),)), "ways"),
        (ListingChange(ways=(WayInput(Way.SOLE, Money(-1, "CNY")),)), "ways"),
        (ListingChange(asset=AssetChange(trl=10)), "trl"),
        (ListingChange(asset=AssetChange(registration="123")), "registration"),
    ],
)
def test_what_is_wrong_is_said_by_field(change, field):
    assert list(problems(change)) == [field]


def test_a_need_with_a_deadline_in_the_past():
    need = NeedInput("zh", "找散热膜", deadline=date(2026, 1, 1))
    assert list(need_problems(need, date(2026, 11, 23))) == ["deadline"]


def test_a_need_is_told_once_in_each_language():
    need = NeedInput("zh", "找散热膜", translation=NeedTranslation("zh", "另一句"))
    assert list(need_problems(need, date(2026, 11, 23))) == ["translation"]


def test_a_budget_runs_from_low_to_high_in_one_currency():
    low, high = Money.of(5, "CNY"), Money.of(3, "CNY")
    for pair in ((low, high), (high, Money.of(5, "USD"))):
        need = NeedInput("zh", "找散热膜", budget_low=pair[0], budget_high=pair[1])
        assert list(need_problems(need, date(2026, 11, 23))) == ["budget_high"]
