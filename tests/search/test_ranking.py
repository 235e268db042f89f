"""What ranks beside the words themselves: phrases, who still answers, words of the best results."""

from datetime import UTC, datetime, timedelta

import pytest

from search.documents import Document, Text
from search.fields import fields
from search.plan import PAIRS, TITLE_PAIRS, WORDS, Phrase, Reason, Term, phrases, plan
from search.queries import SearchRequest
from search.related import BEST, MOST, SHARE, kept, parts, related, wanted
from search.why import reached
from tests.search.made import document, entry

LONG = "please find inventions about lithium cells charging within minutes"


def ids(page):
    return [hit.document.id for hit in page.hits]


# -- phrases ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("heat pipe", [("heat pipe", WORDS, ("heat", "pipe"))]),
        ("the heat pipes", [("the heat pipes", WORDS, ("the", "heat", "pipe"))]),
        ("heat, pipe", []),
        ("pipe", []),
        ("散热膜", [("散热膜", PAIRS, ("散热", "热膜"))]),
        ("散热", []),
        ("散热膜 heat pipe", [("散热膜", PAIRS, ("散热", "热膜")),
                             ("heat pipe", WORDS, ("heat", "pipe"))]),
        ("heat 膜 pipe", []),
        ("tc4-dt plate", [("tc4-dt plate", WORDS, ("tc4", "dt", "tc4dt", "plate"))]),
        ("", []),
    ],
)  # fmt: skip
def test_what_stands_together_is_a_phrase(text, expected):
    found = [(said, one.field, one.tokens) for said, one in phrases(text)]
    assert found == expected


@pytest.mark.parametrize("text", ["heat pipe", "石墨烯散热膜", "tc4-dt plate", "the heat pipes"])
def test_a_phrase_stands_in_the_text_that_it_was_taken_from(text):
    """Else no document that says just this would get what it counts."""
    held = fields(Document("listing", "a", {"zh": Text("一种阀门", body=f"用于 {text} 的装置")}))
    for _, phrase in phrases(text):
        every = getattr(held, phrase.field)
        assert f" {' '.join(phrase.tokens)} " in f" {every} "


def test_words_that_stand_together_come_first(engine):
    engine.rebuild(
        [
            entry(document("apart", "A valve", "A pipe is cooled where heat is made.", lang="en")),
            entry(document("joined", "A valve", "It is cooled where a heat pipe is.", lang="en")),
            entry(document("turned", "一种阀门", "热膜用于散热与保温材料。")),
            entry(document("as it is", "一种阀门", "散热膜用于保温与材料。")),
        ]
    )
    page = engine.search(SearchRequest("heat pipe", bridge=False))
    assert ids(page) == ["joined", "apart"]
    reasons = [one.part.reason for one in reached(page.plan, page.hits[0].document)]
    assert Reason.PHRASE in reasons
    apart = [one.part.reason for one in reached(page.plan, page.hits[1].document)]
    assert Reason.PHRASE not in apart
    assert ids(engine.search(SearchRequest("散热膜", bridge=False))) == ["as it is", "turned"]


def test_a_short_question_is_ranked_by_pairs_that_name_their_word():
    found = plan("石墨烯 散热 film")
    terms = [part for part in found.parts if isinstance(part.node, Term)]
    chinese = {part.node.field for part in terms if not part.node.token.isascii()}
    assert chinese == {PAIRS, TITLE_PAIRS}
    assert {part.said for part in terms} == {"石墨烯", "散热", "film"}
    longer = plan("石墨烯 散热 薄膜 制备 方法 工艺")
    assert WORDS in {part.node.field for part in longer.parts if isinstance(part.node, Term)}
    assert not any(isinstance(part.node, Phrase) for part in longer.parts)


# -- who still answers --------------------------------------------------------------------------


def test_what_its_owner_confirmed_lately_comes_first_among_equals(engine):
    now = datetime.now(UTC)
    long_ago = now - timedelta(days=400)
    engine.rebuild(
        [
            entry(document("never", "一种水泵", "说明", published=long_ago)),
            entry(document("old", "一种水泵", "说明", published=long_ago, confirmed=long_ago)),
            entry(document("alive", "一种水泵", "说明", published=long_ago, confirmed=now)),
            entry(document("other", "一种阀门", "说明", published=long_ago, confirmed=now)),
        ]
    )
    page = engine.search(SearchRequest("水泵"))
    assert ids(page)[0] == "alive"
    assert set(ids(page)) == {"never", "old", "alive"}
    scores = {hit.document.id: hit.score for hit in page.hits}
    assert scores["alive"] - scores["old"] == pytest.approx(0.1, abs=0.01)
    assert scores["old"] == pytest.approx(scores["never"], abs=0.01)
    said = [one.part.reason for one in reached(page.plan, page.hits[0].document)]
    assert Reason.ALIVE in said
    assert Reason.FRESH not in said


# -- words of the best results ------------------------------------------------------------------


def test_only_long_questions_are_enriched():
    assert wanted(plan(LONG))
    assert not wanted(plan("lithium cells charging"))


def test_what_the_best_have_in_common_ranks_below_the_question_s_own_words():
    best = [
        (document("a", "Cells", "An electrolyte additive for cells.", lang="en"), 3.0),
        (document("b", "Cells", "Cells with an electrolyte and a separator.", lang="en"), 2.0),
    ]
    counts = {"electrolyt": 2, "addit": 1, "separ": 2}

    def among(asked):
        return {(f, token): counts.get(token, 0) for f in asked for token in asked[f]}

    found = related(plan(LONG), best, among, 100)
    assert [part.said for part in found] == ["electrolyt", "separ"]  # "addit" is nobody else's
    assert found[0].node.weight == pytest.approx(2 * SHARE)
    assert all(part.reason is Reason.RELATED for part in found)
    assert parts(kept(found)) == found
    assert related(plan(LONG), [], lambda _: {}, 100) == ()


def test_related_words_rank_but_find_nothing(engine):
    said = "lithium cells charging within minutes"
    both = "electrolyte additive of fluoroethylene"
    engine.rebuild(
        [
            *(entry(document(f"best{n}", f"Cell {n}", f"{said} {both}", lang="en"))
              for n in range(BEST)),
            entry(document("near", "A cell", f"lithium cell with an {both}", lang="en")),
            entry(document("plain", "A cell", "lithium cell with a pump and a valve", lang="en")),
            entry(document("alien", "A valve", both, lang="en")),
        ]
    )  # fmt: skip
    page = engine.search(SearchRequest(LONG))
    assert ids(page)[BEST:] == ["near", "plain"]
    assert page.total == BEST + 2
    assert 0 < len([p for p in page.plan.signals if p.reason is Reason.RELATED]) <= MOST
    near = next(hit for hit in page.hits if hit.document.id == "near")
    assert Reason.RELATED in [one.part.reason for one in reached(page.plan, near.document)]


def test_a_walk_through_a_long_question_meets_every_hit_once(engine):
    engine.rebuild(
        entry(document(f"d{n}", f"Cell {n}", "lithium cells " + "charging " * (n % 7), lang="en"))
        for n in range(30)
    )
    met, cursor = [], ""
    while cursor is not None:
        page = engine.search(SearchRequest(LONG, size=7, cursor=cursor))
        met += ids(page)
        cursor = page.cursor
    assert sorted(met) == sorted(f"d{n}" for n in range(30))
