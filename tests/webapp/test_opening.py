"""The doors open although the search engine is away, or another process builds its index."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from search.elastic import ElasticEngine
from search.elastic_client import Cluster
from search.embedded import EmbeddedEngine
from search.generations import FileLock
from tests.listings.conftest import market, people
from webapp import opening, serving

NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
def away(runtime):
    """The market as it is set to Elasticsearch at an address where nothing answers."""
    engine = ElasticEngine(Cluster((NOWHERE,), index="away"))
    settings = runtime.settings.model_copy(update={"elasticsearch_url": NOWHERE})
    yield replace(runtime, settings=settings, search=engine)
    engine.close()


@pytest.fixture
def empty(runtime, tmp_path):
    """The market with an embedded index that was never built."""
    engine = EmbeddedEngine(tmp_path / "index")
    yield replace(runtime, search=engine)
    engine.close()


def prepared(market):
    said = []
    opening.prepare(market, sample=False, say=said.append)
    return said


def test_doors_open_while_elasticsearch_is_away(away):
    first, second = prepared(away)
    assert first.startswith("Search does not answer: http://127.0.0.1:9 cannot be reached.")
    assert "search pages show the catalogue" in second


def test_doors_open_while_another_process_builds(empty, tmp_path):
    with FileLock(tmp_path / "index" / "rebuild.lock")(0):
        assert prepared(empty) == [
            "Building the search index.",
            "Another process builds the search index; until it is done, pages say so.",
        ]
    assert empty.search.health().needs_rebuild == "new"


def test_an_embedded_index_is_built_before_the_doors_open(empty, market):
    market.published()
    assert prepared(empty) == ["Building the search index."]
    assert empty.search.count() == 1
    assert prepared(empty) == []


def test_elasticsearch_is_not_waited_for(empty):
    settings = empty.settings.model_copy(update={"elasticsearch_url": NOWHERE})
    (said,) = prepared(replace(empty, settings=settings))
    assert said.startswith("The search index is built beside the open pages")
    assert empty.search.health().needs_rebuild == "new"


def test_beside_open_pages_the_index_is_built_once_the_engine_answers(empty, market, tmp_path):
    market.published()
    folder, pauses = tmp_path / "index", []
    shutil.rmtree(folder)
    folder.write_text("no folder", encoding="utf-8")

    def mend(seconds):
        pauses.append(seconds)
        folder.unlink()
        folder.mkdir()

    serving.keep_index(empty, pause=mend)
    assert len(pauses) == 1
    assert empty.search.count() == 1


def test_beside_open_pages_another_builder_is_waited_for_and_replaced(empty, market, tmp_path):
    market.published()
    lock, pauses = FileLock(tmp_path / "index" / "rebuild.lock"), []
    lock.acquire(0)

    def end(seconds):
        pauses.append(seconds)
        if len(pauses) == 2:
            lock.release()

    serving.keep_index(empty, pause=end)
    assert len(pauses) == 2
    assert empty.search.count() == 1
    assert not empty.search.health().needs_rebuild


__all__ = ["market", "people"]
