"""What every engine behind the port must do."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.cursor import CursorRefused
from search.documents import fingerprint
from search.port import Entry
from search.queries import DEEPEST, SearchRequest
from tests.search.made import document, entry, gone, market


def ids(page):
    return [hit.document.id for hit in page.hits]


def found(engine, text, **more):
    return ids(engine.search(SearchRequest(text, **more)))


def marked(segments):
    return [segment.text for segment in segments if segment.marked]


# -- words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("散热", {"film"}),
        ("压延", {"film"}),  # a word from the middle of the abstract
        ("碳骨", {"silicon"}),  # two characters across the border of two words
        ("骨", {"silicon"}),
        ("骨架", {"silicon"}),
        ("成", {"silicon"}),
        ("electrode", {"anode"}),  # the text has the plural
        ("BATTERIES", {"anode"}),
        ("ｂａｔｔｅｒｙ", {"anode"}),
        ("負極材料", {"silicon"}),  # traditional characters
        ("云江大学", {"film", "anode", "silicon", "pump"}),
        ("火星", set()),
    ],
)
def test_finds_by_any_usual_way_of_writing(stocked, text, expected):
    assert set(found(stocked, text, bridge=False)) == expected


def test_short_questions_ask_for_all_words(stocked):
    page = stocked.search(SearchRequest("硅 电池"))
    assert ids(page) == ["silicon"]
    assert not page.relaxed


def test_relaxes_visibly_when_nothing_has_all_words(stocked):
    page = stocked.search(SearchRequest("散热膜 火星"))
    assert ids(page) == ["film"]
    assert page.relaxed
    assert page.tried == ("散热膜", "火星")
    assert page.missing == ("火星",)


def test_does_not_relax_when_told_all(stocked):
    page = stocked.search(SearchRequest("散热膜 火星", match="all"))
    assert (page.total, page.relaxed) == (0, False)


def test_long_questions_take_any_word(stocked):
    asked = "please show inventions about lithium cells charging within minutes and rockets"
    page = stocked.search(SearchRequest(asked))
    assert ids(page)[0] == "anode"
    assert not page.relaxed


def test_title_counts_more(engine):
    engine.rebuild(
        [
            entry(document("below", "一种装置", "本装置带有机械手和水泵以及阀门。")),
            entry(document("above", "一种机械手", "本装置带有水泵以及阀门和部件。")),
        ]
    )
    assert found(engine, "机械手") == ["above", "below"]


@given(st.text(max_size=60))
@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_any_text_may_be_asked_for(stocked, text):
    page = stocked.search(SearchRequest(text))
    assert page.total >= len(page.hits)
    assert stocked.suggest(text) is not None
    assert stocked.did_you_mean(text) != ""


@pytest.mark.parametrize("text", ['title:"x" OR *:*', "a/.*/b", "++--", "\\", "(((", "[1 TO *]"])
def test_no_query_language_reaches_the_engine(stocked, text):
    assert stocked.search(SearchRequest(text, match="all")).total in {0, 4}


# -- filters, facets, sorting -------------------------------------------------------------------


def test_filters_of_one_name_are_alternatives_and_different_names_conditions(stocked):
    assert set(found(stocked, "", filters={"region": ("330000", "310000")})) == {
        "film",
        "silicon",
        "anode",
    }
    assert found(stocked, "", filters={"region": ("330000",), "way": ("ordinary",)}) == ["film"]


def test_counts_of_a_facet_ignore_its_own_selection(stocked):
    page = stocked.search(SearchRequest("", filters={"region": ("330000",)}))
    regions = {c.value: (c.count, c.selected) for c in page.facets["region"]}
    assert regions == {"330000": (2, True), "310000": (1, False), "320000": (1, False)}
    assert {c.value: c.count for c in page.facets["year"]} == {"2025": 2}
    assert page.total == 2


def test_a_selected_value_without_documents_stays_shown(stocked):
    page = stocked.search(SearchRequest("散热", filters={"region": ("990000",)}))
    assert ("990000", 0, True) in [(c.value, c.count, c.selected) for c in page.facets["region"]]


def test_counts_without_words_are_of_now_and_of_their_own_filters(stocked):
    def years(**filters):
        asked = SearchRequest("", filters=filters, facets=("year",))
        return {count.value: count.count for count in stocked.search(asked).facets["year"]}

    before = years()
    assert years() == before == {"2025": 2, "2024": 1, "2023": 1}
    assert years(region=("330000",)) == {"2025": 2}
    stocked.write([gone("pump", 2)])
    assert years() == {"2025": 2, "2024": 1}
    assert years(region=("330000",)) == {"2025": 2}


def test_choosing_a_value_shows_as_many_as_it_said(stocked):
    for name, counts in stocked.search(SearchRequest("")).facets.items():
        for count in counts:
            chosen = SearchRequest("", filters={name: (count.value,)})
            assert stocked.search(chosen).total == count.count


def test_ranges_leave_out_what_has_no_figure(stocked):
    assert set(found(stocked, "", ranges={"trl": (4, 6)})) == {"film", "anode"}
    assert found(stocked, "", ranges={"price_minor": (None, 30_000_000)}) == ["anode"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("newest", ["silicon", "film", "anode", "pump"]),
        ("oldest", ["pump", "anode", "film", "silicon"]),
        ("price_asc", ["anode", "film"]),
        ("price_desc", ["film", "anode"]),
        ("trl_desc", ["pump", "film", "anode", "silicon"]),
        ("trl_asc", ["silicon", "anode", "film", "pump"]),
    ],
)
def test_sorts_with_the_unpriced_last(stocked, sort, expected):
    assert found(stocked, "", sort=sort)[: len(expected)] == expected


def test_pages_follow_each_other(stocked):
    pages = [found(stocked, "", sort="newest", size=2, page=number) for number in (1, 2, 3)]
    assert pages == [["silicon", "film"], ["anode", "pump"], []]


def test_no_page_begins_too_deep(stocked):
    page = stocked.search(SearchRequest("", size=10, page=DEEPEST))
    assert page.hits == ()
    assert page.total == 4


@pytest.mark.parametrize(
    "asked",
    [
        SearchRequest("泵", cursor="", size=7),
        SearchRequest("", cursor="", size=7, sort="newest"),
        SearchRequest("泵 火星", cursor="", size=7),
    ],
)
def test_a_walk_meets_every_hit_once(engine, asked):
    engine.rebuild(entry(document(f"d{n}", f"第 {n} 号泵")) for n in range(45))
    met, cursor, pages = [], "", 0
    while cursor is not None:
        page = engine.search(replace(asked, cursor=cursor))
        assert page.total == 45
        assert page.relaxed == ("火星" in asked.text)
        met += ids(page)
        cursor, pages = page.cursor, pages + 1
    assert sorted(met) == sorted(f"d{n}" for n in range(45))
    assert pages == 7


def test_a_walk_may_begin_at_a_later_page(engine):
    engine.rebuild(entry(document(f"d{n}", f"第 {n} 号泵")) for n in range(45))
    asked = SearchRequest("泵", size=10)
    met = [*ids(engine.search(asked)), *ids(engine.search(replace(asked, page=2)))]
    page = engine.search(replace(asked, page=3, cursor=""))
    while page.hits:
        met += ids(page)
        if page.cursor is None:
            break
        page = engine.search(replace(asked, cursor=page.cursor))
    assert sorted(met) == sorted(f"d{n}" for n in range(45))


def test_a_cursor_is_for_its_own_question_and_cannot_be_made_up(stocked):
    asked = SearchRequest("", cursor="", size=1, sort="newest")
    cursor = stocked.search(asked).cursor
    assert ids(stocked.search(replace(asked, cursor=cursor))) == ["film"]
    for request in (
        replace(asked, cursor=cursor, filters={"region": ("310000",)}),
        replace(asked, cursor=cursor[:-4] + "AAAA"),
        replace(asked, cursor="界"),
        replace(asked, cursor="abc"),
    ):
        with pytest.raises(CursorRefused):
            stocked.search(request)


def test_kinds_are_kept_apart(stocked):
    stocked.write([entry(document("wanted", "求购石墨烯散热膜", kind="need"))])
    assert found(stocked, "散热膜", kinds=("need",)) == ["wanted"]
    assert set(found(stocked, "散热膜")) == {"film", "wanted"}


def test_unknown_filters_are_refused():
    with pytest.raises(ValueError, match="not a filter"):
        SearchRequest("", filters={"secret": ("x",)})


# -- what a hit shows ---------------------------------------------------------------------------


def test_a_hit_carries_all_that_a_page_draws(stocked):
    hit = stocked.search(SearchRequest("压延")).hits[0]
    assert hit.document == market()[0]
    assert "".join(s.text for s in hit.title) == "一种石墨烯散热膜的制备方法"
    assert marked(hit.snippet) == ["压延"]


def test_markup_in_a_text_stays_text(engine):
    engine.rebuild([entry(document("x", "<b>泵</b> & 阀", "一种<script>水泵</script>装置"))])
    hit = engine.search(SearchRequest("水泵")).hits[0]
    assert "".join(s.text for s in hit.snippet) == "一种<script>水泵</script>装置"
    assert marked(hit.snippet) == ["水泵"]


# -- numbers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("ZL202310482617.0", "film"),
        ("zl 2023 1 0482617.0", "film"),
        ("CN202310482617.0", "film"),
        ("2023104826170", "film"),
        ("CN116456789A", "silicon"),
        ("CN 116 456 789 A", "silicon"),
        ("116456789", "silicon"),
        ("US 7,472,616 B2", "anode"),
        ("US7472616", "anode"),
        ("7,472,616", "anode"),
    ],
)
def test_a_number_in_any_usual_form_goes_straight_to_it(stocked, number, expected):
    page = stocked.search(SearchRequest(number))
    assert ids(page) == [expected]
    assert page.identifiers == (number,)
    assert [hit.document.id for hit in stocked.find(number)] == [expected]


def test_a_number_nobody_has_is_an_ordinary_question(stocked):
    page = stocked.search(SearchRequest("ZL202399999999.9"))
    assert (page.total, page.identifiers) == (0, ())


# -- suggestions, spelling, likeness ------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("石墨", "石墨烯"),
        ("shimo", "石墨烯"),
        ("smx", "石墨烯"),
        ("gra", "graphene"),
        ("Graphene co", "Graphene coated anodes for fast charging batteries"),
        ("硅碳", "硅碳负极材料及锂离子电池"),
        ("yunjiang", "云江大学"),
    ],
)
def test_suggests_what_begins_so(stocked, typed, expected):
    assert expected in [said.text for said in stocked.suggest(typed)]


def test_suggestions_are_no_more_than_asked_for(stocked):
    assert len(stocked.suggest("s", limit=2)) <= 2
    assert stocked.suggest("") == []


def test_offers_a_better_spelling(stocked):
    assert stocked.did_you_mean("grahpene") == "graphene"
    assert stocked.did_you_mean("石墨希") == "石墨烯"
    assert stocked.did_you_mean("graphene") is None
    assert stocked.did_you_mean("石墨烯") is None
    assert stocked.search(SearchRequest("grahpene")).did_you_mean == "graphene"


def test_similar_is_near_and_not_itself(stocked):
    stocked.write([entry(document("film2", "石墨烯导热膜及其散热结构", "石墨烯膜压延后贴合。"))])
    near = [hit.document.id for hit in stocked.similar("listing", "film")]
    assert near[0] == "film2"
    assert "film" not in near
    assert stocked.similar("listing", "nothing") == []


# -- versions -----------------------------------------------------------------------------------


def test_an_older_version_loses(engine):
    old, new = document("a", "旧的标题"), document("a", "新的标题")
    assert engine.write([entry(new, 5)]) == [5]
    assert engine.write([entry(old, 4)]) == [5]
    assert found(engine, "新的标题") == ["a"]
    assert found(engine, "旧的", match="all") == []


def test_versions_hold_within_a_batch(engine):
    batch = [
        entry(document("a", "甲甲"), 2),
        entry(document("a", "乙乙"), 1),
        gone("b", 7),
        entry(document("b", "丙丙"), 3),
    ]
    assert engine.write(batch) == [2, 2, 7, 7]
    assert found(engine, "") == ["a"]
    assert found(engine, "甲甲") == ["a"]


def test_a_tombstone_wins_over_late_writes_and_hides_everything(stocked):
    assert stocked.write([gone("film", 2)]) == [2]
    assert stocked.write([entry(market()[0], 1)]) == [2]
    assert found(stocked, "散热膜", match="all") == []
    assert stocked.find("ZL202310482617.0") == []
    assert [said.text for said in stocked.suggest("smx")] == []
    assert stocked.did_you_mean("散热魔") is None
    assert stocked.similar("listing", "film") == []
    counts = stocked.search(SearchRequest("")).facets["region"]
    assert {c.value: c.count for c in counts}["330000"] == 1
    assert stocked.count() == 3


def test_what_was_withdrawn_can_come_back(stocked):
    stocked.write([gone("film", 2)])
    stocked.write([entry(market()[0], 3)])
    assert found(stocked, "散热膜") == ["film"]


versions = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(1, 9), st.booleans()), min_size=1, max_size=25
)


@given(versions, st.integers(1, 5))
@settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_the_highest_version_is_held_in_whatever_order_they_come(make_engine, writes, size):
    engine = make_engine()
    try:
        kept = {}
        for start in range(0, len(writes), size):
            batch = writes[start : start + size]
            held = engine.write(
                [
                    Entry("listing", i, v, document(i, f"标题 v{v}") if live else None)
                    for i, v, live in batch
                ]
            )
            for id_, version, live in batch:
                if version > kept.get(id_, (0, False))[0]:
                    kept[id_] = (version, live)
            answers = {}
            for (id_, version, _), answer in zip(batch, held, strict=True):
                assert version <= answer <= kept[id_][0]
                answers[id_] = answer
            assert answers == {id_: kept[id_][0] for id_, _, _ in batch}
        assert {(h.id, h.version, bool(h.hash)) for h in engine.listing()} == {
            (id_, version, live) for id_, (version, live) in kept.items()
        }
    finally:
        engine.close()


# -- rebuild ------------------------------------------------------------------------------------


def test_a_rebuild_replaces_everything(stocked):
    stocked.write([entry(document("late", "后来的"))])
    number = stocked.rebuild([entry(document("only", "唯一的泵"), 3), gone("film", 9)])
    assert number == 2
    assert found(stocked, "泵") == ["only"]
    assert {(h.id, h.version) for h in stocked.listing() if h.id != "late"} == {
        ("only", 3),
        ("film", 9),
    }


def test_what_is_written_during_a_rebuild_survives_it(stocked):
    def entries():
        yield entry(market()[0], 1)
        stocked.write([gone("film", 2), entry(document("meanwhile", "其间发布的阀门"))])
        assert found(stocked, "阀门") == ["meanwhile"]
        yield entry(market()[1], 1)

    stocked.rebuild(entries())
    assert set(found(stocked, "")) == {"anode", "meanwhile"}
    assert stocked.write([entry(market()[0], 1)]) == [2]


def test_a_rebuild_that_fails_leaves_the_old_index(stocked):
    def entries():
        yield entry(document("new", "新的"))
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        stocked.rebuild(entries())
    assert stocked.count() == 4
    stocked.write([entry(document("new", "新的泵"))])
    assert stocked.count() == 5
    assert stocked.rebuild([entry(market()[0])]) == 1


def test_progress_is_told(engine):
    told = []
    engine.rebuild((entry(document(f"d{n}", "标题")) for n in range(1_200)), told.append)
    assert told == [500, 1_000, 1_200]


def test_listing_names_versions_and_hashes(stocked):
    stocked.write([gone("pump", 2)])
    held = {h.id: h for h in stocked.listing()}
    assert held["pump"].hash == ""
    assert held["film"].hash == fingerprint(market()[0].to_json())
    assert held["film"].version == 1


def test_documents_say_what_they_are_made_of():
    with pytest.raises(ValueError, match="not a facet"):
        document("x", "y", colour="red")
    with pytest.raises(ValueError, match="has no text"):
        replace(document("x", "y"), texts={})
