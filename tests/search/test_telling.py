"""Common words rank and do not find, where any word of a question finds."""

from __future__ import annotations

import pytest

from search import telling as tl
from search.bridge import weighed
from search.bridge_terms import shipped_bridge
from search.plan import PAIRS, TITLE_PAIRS, TITLE_WORDS, WORDS, Phrase, Reason, Term, plan
from search.queries import SearchRequest
from search.telling import telling
from search.why import reached
from tests.search.made import document, entry

TOTAL = 100_000
LONG = "please find a method for laser cladding of turbine blades"


def counts(**numbers):
    """A market in which these words are so frequent, and all others in ten documents."""
    return lambda asked: {
        (field, token): numbers.get(token, 10)
        for field, tokens in asked.items()
        for token in tokens
    }


def terms(parts):
    return {(p.node.field, p.node.token) for p in parts if isinstance(p.node, Term)}


@pytest.mark.parametrize(
    ("number", "total", "common"),
    [
        (5_001, 100_000, True),
        (5_000, 100_000, False),
        (1_001, 1_001, True),
        (1_000, 1_001, False),  # more than a twentieth, but no more than a thousand
        (1_001, 20_020, False),
        (900, 1_000, False),
    ],
)
def test_what_is_common(number, total, common):
    asked = plan(LONG)
    made = telling(asked, counts(method=number), total)
    assert ((WORDS, "method") in terms(made.signals)) == common
    assert ((TITLE_WORDS, "method") in terms(made.signals)) == common
    assert ((WORDS, "method") in terms(made.parts)) != common
    assert (made is asked) != common


def test_nothing_of_the_ranking_is_lost():
    asked = plan(LONG, now=1_800_000_000.0)
    made = telling(asked, counts(method=50_000), TOTAL)
    assert set(made.parts) | set(made.signals) == set(asked.parts) | set(asked.signals)
    assert len(made.parts) + len(made.signals) == len(asked.parts) + len(asked.signals)
    assert made.words == asked.words


def test_phrases_find_nothing_that_their_words_would_not():
    asked = plan("散热膜 方法")
    made = telling(asked, counts(方法=50_000), TOTAL)
    assert {part.reason for part in made.signals} == {
        Reason.PHRASE, Reason.PAIR, Reason.TITLE,
    }  # fmt: skip
    assert not any(isinstance(part.node, Phrase) for part in made.parts)
    assert terms(made.signals) == {(PAIRS, "方法"), (TITLE_PAIRS, "方法")}


def test_a_question_of_common_words_alone_finds_by_them():
    asked = plan("方法 装置")
    assert telling(asked, counts(方法=50_000, 装置=40_000), TOTAL) is asked


def test_what_nobody_has_finds_no_less():
    asked = plan("方法 火星")
    assert telling(asked, counts(方法=50_000, 火星=0), TOTAL) is asked


def test_a_bridge_is_as_common_as_what_it_translates():
    crossings = weighed(
        shipped_bridge().candidates("方法 石墨烯"),
        lambda wanted: {(f, token): 5 for f in wanted for token in wanted[f]},
        TOTAL,
    )
    asked = plan("方法 石墨烯", crossings)
    bridged = {part.said for part in asked.parts if part.reason is Reason.BRIDGE}
    assert bridged == {"方法", "石墨烯"}
    made = telling(asked, counts(方法=50_000), TOTAL)
    assert {part.said for part in made.parts if part.reason is Reason.BRIDGE} == {"石墨烯"}
    assert {part.said for part in made.signals if part.reason is Reason.BRIDGE} == {"方法"}


def test_a_small_market_is_not_asked():
    def never(_asked):
        raise AssertionError

    asked = plan(LONG)
    assert telling(asked, never, tl.MANY) is asked


@pytest.fixture
def crowded(engine, monkeypatch):
    """Twelve documents of which all but one say "method"; two is many here."""
    monkeypatch.setattr(tl, "MANY", 2)
    engine.rebuild(
        [
            entry(document("laser", "激光熔覆方法", "一种激光熔覆方法。", region="330000")),
            entry(document("blade", "叶片修复", "用激光修复叶片。", region="310000")),
            *(
                entry(document(f"other{n}", f"样品{n}", "本方法用于检测。", region="330000"))
                for n in range(10)
            ),
        ]
    )
    return engine


def test_engines_find_by_what_tells_and_rank_by_all(crowded):
    page = crowded.search(SearchRequest("激光 方法 火星", bridge=False))
    assert page.relaxed
    assert [hit.document.id for hit in page.hits] == ["laser", "blade"]
    assert page.total == 2
    assert {c.value: c.count for c in page.facets["region"]} == {"330000": 1, "310000": 1}
    assert "火星" in page.missing
    said = {each.part.said for each in reached(page.plan, page.hits[0].document)}
    assert {"激光", "方法"} <= said


def test_whoever_asks_for_any_word_gets_any(crowded):
    assert crowded.search(SearchRequest("激光 方法 火星", match="any", bridge=False)).total == 12


def test_all_words_are_asked_for_as_ever(crowded):
    page = crowded.search(SearchRequest("激光 方法", bridge=False))
    assert [hit.document.id for hit in page.hits] == ["laser"]
    assert not page.relaxed
