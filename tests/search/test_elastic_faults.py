"""Elasticsearch that fails: in words an operator understands."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from search.elastic import ElasticEngine
from search.errors import SearchUnavailable
from search.queries import SearchRequest
from tests.search.conftest import ELASTICSEARCH, cluster, forget
from tests.search.faults import certificate, proxy
from tests.search.made import entry, market
from tests.search.test_contract import found

pytestmark = pytest.mark.skipif(not ELASTICSEARCH, reason="QIAOYI_TEST_ELASTICSEARCH is not set")


@pytest.fixture
def front():
    with proxy(ELASTICSEARCH.split(",")[0]) as made:
        yield made


@pytest.fixture
def kept():
    """Clusters whose indices are removed in the end."""
    made = []
    yield made
    for one in made:
        forget(one)


@pytest.fixture
def behind(front, kept):
    """An engine that reaches the real node through the proxy."""
    kept.append(cluster(urls=[front.url], timeout=0.5))
    engine = ElasticEngine(kept[0])
    yield engine
    engine.close()


def why(engine):
    with pytest.raises(SearchUnavailable) as refused:
        engine.search(SearchRequest("泵"))
    return str(refused.value.__cause__)


# -- in words -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("refuse", "cannot be reached"),
        ("hang", "does not answer in time"),
        ("503", "answers 503"),
        ("429", "answers 429"),
        ("foreign", "is not Elasticsearch"),
        ("old", "is Elasticsearch 7.17.29; 8.19 or newer is needed"),
        ("garbage", "no JSON"),
        ("cut", "cannot be reached"),
    ],
)
def test_says_what_is_wrong_and_works_again_when_it_is_mended(front, behind, fault, words):
    front.fail(fault)
    assert words in why(behind)
    front.fail("")
    time.sleep(2.1)
    assert behind.search(SearchRequest("泵")).total == 0


def test_nobody_waits_again_for_a_server_that_did_not_answer(front, behind):
    front.fail("hang")
    why(behind)
    began = time.monotonic()
    assert "a moment ago" in why(behind)
    assert time.monotonic() - began < 0.1


def test_over_tls_with_a_key(tmp_path, kept):
    files = certificate(tmp_path)
    with proxy(ELASTICSEARCH.split(",")[0], key="c2VjcmV0", tls=files) as front:
        good = cluster(urls=[front.url], api_key="c2VjcmV0", ca=Path(files[0]))
        kept.append(good)
        engine = ElasticEngine(good)
        engine.rebuild(entry(made) for made in market())
        assert found(engine, "压延") == ["film"]
        engine.close()
        for wrong, words in (
            (replace(good, api_key="d3Jvbmc"), "refuses the key (401)"),
            (replace(good, api_key=""), "refuses the key (401)"),
            (replace(good, ca=None), "QIAOYI_ELASTICSEARCH_CA"),
        ):
            engine = ElasticEngine(wrong)
            assert words in why(engine)
            engine.close()
