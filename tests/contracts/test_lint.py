"""What the reader of contracts finds, row by row, by the rules of the shipped profile."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.lint import BLOCK, ends_on, findings, read_clauses, unanswered
from contracts.matter import (
    ITEMS,
    Draft,
    Kind,
    Matter,
    Patent,
    Restriction,
    changed,
    difference,
    digest,
    proposed_kind,
)
from core.law import LawBook
from deals.offers import Terms
from deals.royalties import Step, Steps
from listings.kinds import Way
from tests.contracts.conftest import draft

TODAY = date(2026, 11, 29)
LAW = LawBook.load(Path(__file__).parents[2] / "policies").profile("cn-zhejiang", TODAY)
GRANTED = Patent("散热膜", "某大学", "CN", "invention", "in_force", date(2018, 3, 1),
                 "201810000001.2", "201810000001.2", date(2038, 3, 1))  # fmt: skip


def matter(way: str = "exclusive", until: date | None = None, **more: object) -> Matter:
    terms = Terms(way=way, currency="CNY", lump_sum=100_000_00, until=until)
    base = {"title": "散热膜", "seller": "甲", "buyer": "乙", "terms": terms, "patents": (GRANTED,)}
    return Matter(**(base | more))


def patent(**more: object) -> Patent:
    return Patent(**(vars(GRANTED) | more))


STEPPED = Terms(way="exclusive", currency="CNY", royalty=300, royalty_base="net_sales",
                royalty_steps=Steps("amount", "year", (Step(5, 200), Step(9, 0))),
                audit="每年一次，查销售台账")  # fmt: skip
UNAUDITED = ("audit_missing", "contract.royalty.audit", "warn")
ROWS = [
    ("nothing wrong", matter(), draft(), []),
    ("an item is empty", matter(), draft(plan=" "),
     [("item_missing:plan", "contract.items", "block")]),
    ("no patent number", matter(patents=(patent(grant_number=None, status="pending"),)), draft(),
     [("patent_item_missing:0", "contract.patent_items", "warn")]),
    ("as long as the patent", matter(until=date(2038, 3, 1)), draft(), []),
    ("one day longer", matter(until=date(2038, 3, 2)), draft(),
     [("licence_longer", "licence.within_term", "block")]),
    ("an assignment has no term", matter("assignment", date(2050, 1, 1)), draft(), []),
    ("longer than one of two patents", matter(
        until=date(2036, 1, 1), patents=(GRANTED, patent(expires_on=date(2030, 1, 1)))),
     draft(), []),
    ("expired", matter(patents=(patent(expires_on=date(2026, 11, 28)),)), draft(),
     [("patent_dead:0", "licence.dead_patent", "block")]),
    ("ends today", matter(patents=(patent(expires_on=TODAY),)), draft(), []),
    ("invalidated", matter(patents=(patent(status="revoked"),)), draft(),
     [("patent_dead:0", "licence.dead_patent", "block")]),
    *[(f"declared {clause}", matter(), draft(restrictions=(str(clause),)),
       [(f"void_clause:{clause}", f"contract.void.{clause}", "block")]) for clause in Restriction],
    ("reads like no challenge", matter(), draft(scope="被许可方不得对专利有效性提出异议。"),
     [("reads_void:scope.no_challenge", "contract.void.no_challenge", "warn")]),
    ("a co-owner has not agreed", matter(unconsenting=("某研究院",)), draft(),
     [("consent_missing", "coowner.consent", "block")]),
    ("an ordinary licence needs no consent", matter("ordinary", unconsenting=("某研究院",)),
     draft(), []),
    ("makers come first", matter("assignment", contributors=("陆闻笛",)), draft(),
     [("preemption", "preemption.inventor", "warn")]),
    ("a royalty in steps", matter(terms=STEPPED), draft(), []),
    ("a step at the height of the one before", matter(terms=replace(
        STEPPED, royalty_steps=Steps("amount", "year", (Step(5, 200), Step(5, 100))))), draft(),
     [("steps_wrong:steps_order", "contract.royalty.steps", "block")]),
    ("a step beyond the whole", matter(terms=replace(
        STEPPED, royalty_steps=Steps("amount", "year", (Step(5, 10_001),)))), draft(),
     [("steps_wrong:step_rate", "contract.royalty.steps", "block")]),
    ("an entry fee and a royalty, and no right to audit", matter(terms=replace(
        STEPPED, royalty_steps=None, entry_fee=100_000_00, audit="")), draft(), [UNAUDITED]),
    ("a royalty alone, and nothing but blanks for the right", matter(terms=replace(
        STEPPED, royalty_steps=None, audit=" \n")), draft(), [UNAUDITED]),
    ("a right to audit", matter(terms=replace(STEPPED, royalty_steps=None)), draft(), []),
    ("a lump sum needs no look into books", matter(), draft(), []),
    ("makers and a licence", matter(contributors=("陆闻笛",)), draft(), []),
]  # fmt: skip


@pytest.mark.parametrize(("about", "text", "expected"), [row[1:] for row in ROWS],
                         ids=[row[0] for row in ROWS])  # fmt: skip
def test_each_row(about, text, expected):
    found = findings(about, text, LAW, TODAY)
    assert [(one.key, one.rule.rule_id, one.enforce) for one in found] == expected
    assert all(one.rule.citation and one.rule.citation_en and one.text for one in found)


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("被许可方放弃就本专利有效性提出质疑的权利", Restriction.NO_CHALLENGE),
        ("The licensee shall not contest the patent.", Restriction.NO_CHALLENGE),
        ("受让方的改进应无偿提供给许可方", Restriction.FORCED_GRANT_BACK),
        ("被许可方应当向许可方采购全部膜材", Restriction.TIE_IN),
        ("被许可方不得进行后续研究", Restriction.NO_FURTHER_RESEARCH),
        ("产品不得以低于许可方指导价格销售", Restriction.UNREASONABLE_LIMITS),
    ],
)
def test_passages_are_read(text, clause):
    assert clause in read_clauses(text)


def test_a_harmless_text_is_not_read_as_void():
    for _, text in draft().items:
        assert read_clauses(text) == []


def test_blocks_cannot_be_reasoned_away_and_warnings_can():
    found = findings(
        matter("assignment", contributors=("陆闻笛",)), draft(restrictions=("tie_in",)), LAW, TODAY
    )
    reasons = {one.key: "已于十一月一日书面告知" for one in found}
    assert [one.enforce for one in unanswered(found, reasons)] == [BLOCK]
    assert len(unanswered(found, {"preemption": "  是  "})) == 2


def test_a_term_is_counted_from_filing_where_none_is_registered():
    assert ends_on(patent(expires_on=None), LAW) == date(2038, 3, 1)
    assert ends_on(patent(expires_on=None, kind="utility_model"), LAW) == date(2028, 3, 1)
    assert ends_on(patent(expires_on=None, filed_on=None), LAW) is None


@pytest.mark.parametrize("way", list(Way))
def test_every_way_has_a_type_that_the_law_knows(way):
    assert proposed_kind(way) in LAW.codes("contract.kinds")
    assert set(LAW.codes("contract.kinds")) == set(Kind)


texts = st.text(max_size=60)


@given(texts, texts)
def test_a_difference_holds_both_texts(before, after):
    pieces = difference(before, after)
    assert "".join(one.text for one in pieces if one.how != "new") == before
    assert "".join(one.text for one in pieces if one.how != "gone") == after


@given(st.sampled_from(ITEMS), texts)
def test_any_changed_word_changes_the_digest_and_is_named(item, text):
    one, other = draft(), draft(**{item: text})
    same = one == other
    assert (digest("1", matter(), one) == digest("1", matter(), other)) == same
    assert changed(one, other) == (() if same else (item,))


def test_everything_survives_its_plain_form():
    about = matter(until=date(2030, 1, 1), contributors=("甲",), co_owners=("乙",))
    assert Matter.load(about.dump()) == about
    assert Draft.load(draft(restrictions=("tie_in",)).dump()) == draft(restrictions=("tie_in",))


def test_a_clause_that_the_law_no_longer_lists_is_not_found():
    values = dict(LAW.values)
    values["contract.void_terms"] = replace(LAW.value("contract.void_terms"), value=("tie_in",))
    law = replace(LAW, values=values)
    said = draft(
        restrictions=("tie_in", "no_challenge"), scope="被许可方不得对专利有效性提出异议。"
    )
    assert [one.key for one in findings(matter(), said, law, TODAY)] == ["void_clause:tie_in"]
