"""Every engine there is, each behind the same port."""

import os
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch

from search.elastic import ElasticEngine
from search.elastic_client import Cluster
from search.embedded import EmbeddedEngine
from tests.search.made import entry, market

ELASTICSEARCH = os.environ.get("QIAOYI_TEST_ELASTICSEARCH", "")
KINDS = ["embedded", *(["elastic"] if ELASTICSEARCH else [])]


def cluster(**more):
    """An index of the test's own on the real server; `forget` removes it."""
    urls = tuple(more.pop("urls", ELASTICSEARCH.split(",")))
    return Cluster(urls, index=f"test-{uuid4().hex[:12]}", secret=b"only for tests", **more)


def forget(made):
    """Indices are removed by name: a server refuses to remove by pattern."""
    with Elasticsearch(ELASTICSEARCH.split(",")[0]) as client:
        for name in client.indices.get(index=f"{made.index}*"):
            client.indices.delete(index=name)


@pytest.fixture(params=KINDS)
def make_engine(request, tmp_path):
    """Makes empty engines of one kind, and takes them away afterwards."""
    engines, clusters = [], []

    def make():
        if request.param == "embedded":
            engines.append(EmbeddedEngine(tmp_path / f"index{len(engines)}"))
        else:
            clusters.append(cluster())
            engines.append(ElasticEngine(clusters[-1]))
        return engines[-1]

    yield make
    for engine in engines:
        engine.close()
    for made in clusters:
        forget(made)


@pytest.fixture
def engine(make_engine):
    return make_engine()


@pytest.fixture
def stocked(engine):
    """An engine that holds the small market."""
    engine.rebuild(entry(document) for document in market())
    return engine
