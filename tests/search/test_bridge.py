"""From one language to the other, by lists of a test's own and on every engine."""

from datetime import UTC, datetime, timedelta

import pytest

from search.bridge import Bridge, stretches, weighed
from search.bridge_dictionary import Dictionary, key_of
from search.bridge_terms import Pair, TermList, shipped
from search.folding import fold
from search.plan import Reason
from search.queries import Gloss, SearchRequest
from search.why import reached
from tests.search.made import document, entry
from tests.search.test_contract import found, ids, marked

ENTRIES = """# a comment
電池 电池 [dian4 chi2] /battery/CL:節|节[jie2]/
膜 膜 [mo2] /membrane/film/
散熱 散热 [san4 re4] /to dissipate heat/
散熱膜 散热膜 [x] /heat spreader (of a phone)/
蓄電池 蓄电池 [x] /accumulator; battery/
炮台 炮台 [x] /fort/battery/
王 王 [Wang2] /surname Wang/
"""


@pytest.fixture(scope="module")
def general():
    class Named(Dictionary):
        name, single = "dictionary", False

        def english(self, phrase):
            return super().english(key_of(phrase))

    return Named(ENTRIES)


def said(bridge, text):
    return [
        (one.bridged.word, [(gloss.text, gloss.source) for gloss in one.bridged.glosses])
        for one in bridge.candidates(text)
    ]


def test_a_dictionary_gives_short_equivalents_in_their_order(general):
    assert general.chinese("膜") == ["membrane", "film"]
    assert general.chinese("散热") == ["dissipate heat"]
    assert general.chinese("散热膜") == ["heat spreader"]
    assert general.chinese("王") == []
    assert general.english("batteries") == ["电池", "蓄电池", "炮台"]
    assert general.english("fortress") == []


def test_the_longest_entry_is_taken(general):
    bridge = Bridge([general])
    assert said(bridge, "散热膜电池") == [
        ("散热膜", [("heat spreader", "dictionary")]),
        ("电池", [("battery", "dictionary")]),
    ]


def test_single_characters_are_for_lists_of_terms_only(general):
    assert said(Bridge([general]), "膜") == []
    terms = TermList("terms", [Pair("膜", "membrane")])
    assert said(Bridge([terms, general]), "膜") == [("膜", [("membrane", "terms")])]


def test_the_first_source_that_has_an_entry_answers(general):
    own = TermList("operator", [Pair("电池", "cell")])
    assert said(Bridge([own, general]), "電池") == [("电池", [("cell", "operator")])]
    assert said(Bridge([own, general]), "Cells") == [("cells", [("电池", "operator")])]


def test_english_phrases_go_before_words_but_not_over_a_comma():
    terms = TermList(
        "terms",
        [
            Pair("热交换器", "heat exchanger"),
            Pair("热", "heat"),
            Pair("荷电状态", "state of charge"),
        ],
    )
    assert [word for word, _ in said(Bridge([terms]), "heat exchangers, heat")] == [
        "heat exchangers",
        "heat",
    ]
    assert said(Bridge([terms]), "heat; exchanger") == [("heat", [("热", "terms")])]
    assert said(Bridge([terms]), "the state of the charge") == [
        ("state charge", [("荷电状态", "terms")])
    ]


def test_stretches_say_where_they_stand():
    text = fold("石墨烯 film, 散热 of A")
    for _, words in stretches(text):
        for start, word in words:
            assert text[start : start + len(word)] == word


def test_glosses_that_no_document_uses_are_dropped_and_rare_ones_damped(general):
    counts = {"batteri": 90, "accumul": 10, "电池": 40, "炮台": 0, "蓄电": 40, "fort": 0}
    found = weighed(
        Bridge([general]).candidates("蓄电池"),
        lambda wanted: {(f, t): counts.get(t, 0) for f in wanted for t in wanted[f]},
        1000,
    )
    (crossing,) = found
    assert [way.gloss.text for way in crossing.ways] == ["battery", "accumulator"]
    assert crossing.ways[0].weight > crossing.ways[1].weight > 0
    none = weighed(Bridge([general]).candidates("炮台"), lambda wanted: {}, 1000)
    assert none == []


def test_every_shipped_pair_can_be_looked_up_from_both_sides():
    pairs = list(shipped())
    terms = TermList("terms", pairs)
    for pair in pairs:
        assert pair.zh == pair.zh.strip()
        assert pair.en in terms.chinese(fold(pair.zh)), pair
        assert pair.zh in terms.english(pair.en), pair
    assert len(set(pairs)) == len(pairs)


# -- on the engines -----------------------------------------------------------------------------


def test_a_question_in_one_language_finds_offers_in_the_other(stocked):
    page = stocked.search(SearchRequest("石墨烯", language="zh"))
    assert ids(page) == ["film", "anode"], "the question's own language comes first"
    assert [(one.word, one.glosses) for one in page.bridged] == [
        ("石墨烯", (Gloss("graphene", "terms"),))
    ]
    assert marked(page.hits[1].title) == ["Graphene"]
    assert ids(stocked.search(SearchRequest("heat dissipation films"))) == ["film"]


def test_the_bridge_can_be_taken_away(stocked):
    page = stocked.search(SearchRequest("石墨烯", bridge=False))
    assert (ids(page), page.bridged) == (["film"], ())


def test_all_words_may_be_met_in_the_other_language(stocked):
    assert found(stocked, "石墨烯 电池", match="all") == ["anode"]
    assert found(stocked, "石墨烯 火星", match="all") == []


def test_many_glosses_of_a_word_weigh_no_more_than_one(engine):
    engine.rebuild(
        [
            entry(document("both", "membrane film layer", lang="en")),
            entry(document("one", "membrane sheet layer", lang="en")),
        ]
    )
    scores = {h.document.id: h.score for h in engine.search(SearchRequest("膜")).hits}
    assert set(scores) == {"both", "one"}
    assert scores["both"] <= 1.2 * scores["one"]


def test_an_explanation_names_words_titles_and_glosses(stocked):
    page = stocked.search(SearchRequest("石墨烯"))
    own, other = (reached(page.plan, hit.document) for hit in page.hits)
    assert {(one.part.reason.value, one.part.said) for one in own} >= {
        ("pair", "石墨烯"),
        ("title", "石墨烯"),
        ("phrase", "石墨烯"),
    }
    assert [(one.part.reason.value, one.part.said, one.glosses) for one in other] == [
        ("bridge", "石墨烯", (Gloss("graphene", "terms"),))
    ]


# -- signals ------------------------------------------------------------------------------------


def test_what_is_new_comes_first_among_equals_and_only_there(engine):
    now = datetime.now(UTC)
    engine.rebuild(
        [
            entry(document("old", "一种水泵", "水泵说明", published=now - timedelta(days=400))),
            entry(document("lately", "一种水泵", "水泵说明", published=now - timedelta(days=90))),
            entry(document("new", "一种水泵", "水泵说明", published=now - timedelta(days=3))),
            entry(document("better", "水泵", "水泵水泵", published=now - timedelta(days=900))),
            *(entry(document(f"o{n}", "一种阀门", "阀门说明", published=now)) for n in range(20)),
        ]
    )
    page = engine.search(SearchRequest("水泵"))
    assert ids(page) == ["better", "new", "lately", "old"]
    scores = {hit.document.id: hit.score for hit in page.hits}
    assert scores["new"] - scores["old"] == pytest.approx(0.2, abs=0.01)
    assert scores["lately"] - scores["old"] == pytest.approx(0.1, abs=0.01)
    fresh = [one.part.reason for one in reached(page.plan, page.hits[1].document)]
    assert fresh.count(Reason.FRESH) == 2
