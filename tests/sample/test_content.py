"""The sample's texts keep the forms that the market asks for, and say what they promise."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest
from stdnum.cn import uscc

from core.reference import table
from deals.rules import CHANNELS, LEAVING, REASONS, TIMETABLES
from listings.kinds import AssetKind, LegalStatus, Level, Origin, RoyaltyBase, Secrecy, Stage, Way
from listings.states import ListingState
from sample import content

CONTENT = content.read()
RESULTS = list(CONTENT.results.values())
TEXTS = [(one["key"], language) for one in RESULTS for language in content.languages(one)]
WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
"""Of the check digit of Chinese application numbers, modulo 11 with X for ten."""


def keys(entries):
    return pytest.mark.parametrize("one", entries, ids=lambda one: one["key"])


def codes(name):
    return set(table(name).entries)


def han(text):
    return len(re.findall(r"[\u4e00-\u9fff]", text))


def test_the_market_has_the_size_that_was_promised():
    kinds = Counter(one["kind"] for one in CONTENT.organisations.values())
    assert kinds == {"operator": 1, "institute": 6, "firm": 8, "brokerage": 4, "provider": 3}
    assert (len(RESULTS), len(CONTENT.needs), len(CONTENT.inquiries)) == (60, 15, 13)
    assert sum("deal" in one for one in CONTENT.inquiries.values()) == 6
    spoken = Counter("+".join(sorted(content.languages(one))) for one in RESULTS)
    assert spoken == {"zh": 25, "en": 15, "en+zh": 20}
    assert {one["state"] for one in RESULTS} == set(ListingState)
    assert Counter(one["state"] for one in RESULTS)["published"] > 40


def test_every_section_of_the_ipc_and_many_classes_are_there():
    symbols = [code for one in RESULTS for code in one["ipc"]]
    assert {code[0] for code in symbols} == set("ABCDEFGH")
    assert len({code[:3] for code in symbols}) > 40


def test_every_role_has_one_sign_in():
    roles = Counter(one["demo"] for one in CONTENT.demo())
    assert roles == dict.fromkeys(
        ("researcher", "tto_officer", "firm_member", "firm_admin", "broker", "provider_admin",
         "expert", "operator", "auditor"), 1)  # fmt: skip
    assert all(one["demo"] in one["roles"] for one in CONTENT.demo())


@keys(CONTENT.organisations.values())
def test_organisations_are_formally_valid_and_cannot_be_reached(one):
    assert ("credit_code" in one) != ("register_number" in one)
    if "credit_code" in one:
        assert uscc.is_valid(one["credit_code"])
        assert "00000" in one["credit_code"] or "MA0000" in one["credit_code"]
        assert one["region"] in codes("regions")
        assert one["zh"]
    assert one["mail"].endswith(".example")
    assert "0000" in re.sub(r"\D", "", one["phone"])
    assert one["en"]


def test_every_institute_has_two_officers_and_everybody_an_organisation():
    for key, one in CONTENT.organisations.items():
        assert len(CONTENT.office(key)) >= (2 if one["kind"] == "institute" else 1), key
    for one in CONTENT.people.values():
        assert one["organisation"] in CONTENT.organisations
        assert one.get("mail", "nobody@none.example").endswith(".example")
    mails = [one["mail"] for one in CONTENT.people.values() if "mail" in one]
    assert len(mails) == len(set(mails))


@keys(RESULTS)
def test_codes_are_known(one):
    assert one["kind"] in set(AssetKind)
    assert one["stage"] in set(Stage)
    assert one["origin"] in set(Origin)
    assert one["secrecy"] in set(Secrecy) - {"confidential", "secret", "top_secret"}
    assert one["industry"] in codes("industries")
    assert one["emerging"] in codes("emerging_industries")
    for code in one["ipc"]:
        assert re.fullmatch(r"[A-H]\d\d[A-Z]\d+/\d{2,}", code)
        assert code[:3] in codes("ipc_classes")
    assert CONTENT.organisations[one["owner"]]["kind"] == "institute"
    assert CONTENT.people[one["author"]]["organisation"] == one["owner"]
    assert CONTENT.people[one["author"]]["roles"] == ["researcher"]
    assert set(content.LANGUAGES) & set(one) == set(content.languages(one))


@keys(RESULTS)
def test_shares_make_a_whole_and_contributors_are_known(one):
    assert sum(share for _, share in one["contributors"]) == 10_000
    for key, share in one["contributors"]:
        assert CONTENT.people[key]["organisation"] == one["owner"]
        assert share > 0
    if "registration" in one:
        assert re.fullmatch(r"330(19|20)\d\dY\d{4}", one["registration"])


def test_registration_numbers_and_patents_are_used_once():
    for values in (
        [one["registration"] for one in RESULTS if "registration" in one],
        [patent["no"] for one in RESULTS for patent in one["patents"]],
    ):
        assert len(values) == len(set(values))


@keys([one for one in RESULTS if one["patents"]])
def test_patents_have_true_check_digits_and_dates_in_order(one):
    for patent in one["patents"]:
        assert patent["status"] in set(LegalStatus)
        granted = patent.get("granted")
        assert (granted is not None) == (patent["status"] != "pending")
        assert granted is None or granted > patent["filed"]
        assert patent["filed"] < date(2026, 6, 30)
        if patent.get("office", "CN") != "CN":
            continue
        digits, _, check = patent["no"].partition(".")
        rest = sum(int(d) * w for d, w in zip(digits, WEIGHTS, strict=True)) % 11
        assert check == ("X" if rest == 10 else str(rest))
        assert int(digits[:4]) == patent["filed"].year
        assert patent["kind_code"] == {"1": "B" if granted else "A", "2": "U"}[digits[4]]
        assert ("grant" in patent) == (granted is not None)
    if one["kind"] == "patent":
        assert len(one["patents"]) == 1
    if one["kind"] == "package":
        assert len(one["members"]) == len(one["patents"]) > 1


@pytest.mark.parametrize(("key", "language"), TEXTS)
def test_texts_are_as_long_as_a_reader_needs_and_name_their_weak_points(key, language):
    words = CONTENT.results[key][language]
    if language == "zh":
        assert 120 <= len(words["abstract"]) <= 300
        assert han(words["abstract"]) > 110
        assert len(words["title"]) <= 30
    else:
        assert 80 <= len(words["abstract"].split()) <= 160
        assert not han(words["abstract"] + words["title"] + words["value"])
    assert re.search(r"\d", words["value"]), "the value line names a figure"
    assert len(words["value"]) <= 180
    assert 1 <= len(words["keywords"]) <= 3
    assert not re.search(r"[!！]", str(words))
    assert 2 <= len(words["compare"]) <= 5
    verdicts = [row[-1] for row in words["compare"]]
    assert set(verdicts) <= {"better", "worse", "between"}
    assert set(verdicts) - {"better"}, "nothing is better in every respect"
    assert all(len(row) == 4 + len(words["compare_with"]) for row in words["compare"])
    assert 1 <= len(words["evidence"]) <= 3
    for day, text, level in words["evidence"]:
        assert date.fromisoformat(day) < date(2026, 7, 1)
        assert text
        assert level in set(Level)
    assert words["receives"]
    assert words["brings"]


@keys(RESULTS)
def test_ways_are_offered_with_prices_in_bounds(one):
    assert one["ways"]
    for way in one["ways"]:
        assert way["way"] in set(Way)
        assert way.get("price", 20_000) >= 5_000
        assert ("royalty" in way) == ("base" in way)
        assert way.get("base", "net_sales") in set(RoyaltyBase)
        assert 0 < way.get("royalty", 1) <= 10


@keys(CONTENT.postings.values())
def test_terms_are_published_by_the_owners_office_on_a_way_that_is_offered(one):
    result = CONTENT.results[one["listing"]]
    assert CONTENT.people[one["by"]]["organisation"] == result["owner"]
    assert result["state"] == "published"
    assert one["way"] in {way["way"] for way in result["ways"]}
    for party in one.get("parties", ()):
        firm = CONTENT.organisations[CONTENT.people[party["person"]]["organisation"]]
        assert firm["kind"] == "firm"
        assert party.get("qualified", 0) < party["day"] < one["day"]


@keys(CONTENT.needs.values())
def test_needs_say_the_problem_its_size_and_what_was_tried(one):
    assert CONTENT.organisations[one["owner"]]["kind"] == "firm"
    assert one["open_days"] > 0
    for language in content.languages(one):
        words = one[language]
        assert re.search(r"\d", words["title"] + words["summary"] + words["description"])
        assert set(words) == {"title", "summary", "description", "tried", "keywords"}
        assert len(words["keywords"]) <= 3
    low, high = one.get("budget", (0, 1))
    assert low < high
    assert all(code[:3] in codes("ipc_classes") for code in one["ipc"])
    assert all(code in codes("industries") for code in one["industries"])


def test_one_need_is_confidential_and_some_are_english():
    assert sum(one.get("confidential", False) for one in CONTENT.needs.values()) == 1
    assert sum(one["original"] == "en" for one in CONTENT.needs.values()) >= 4


@keys(CONTENT.inquiries.values())
def test_inquiries_go_to_what_was_on_the_market_and_their_steps_are_in_order(one):
    listing = CONTENT.results[one["listing"]]
    assert listing["state"] == "published"
    assert listing["age"] > one["day"]
    assert one["way"] in {way["way"] for way in listing["ways"]}
    assert one["timetable"] in TIMETABLES
    assert ("person" in one) != ("name" in one)
    days = [one["day"]]
    if deal := one.get("deal"):
        days += [deal["day"], *(offer["day"] for offer in deal["offers"])]
        days += [deal[step]["day"] for step in ("accept", "objection", "leave") if step in deal]
        assert deal.get("leave", {"reason": "price"})["reason"] in LEAVING
    assert days == sorted(days, reverse=True)
    assert all(talk["channel"] in CHANNELS for talk in one.get("talks", ()))
    assert one.get("refuse", {"reason": "other"})["reason"] in REASONS
