"""/metrics: figures that are true, for those who may see them."""

from dataclasses import replace

import pytest

from core.models import IndexState
from search.queries import SearchRequest
from webapp.factory import create_app


@pytest.fixture
def client(runtime):
    def made(**settings):
        chosen = runtime.settings.model_copy(update=settings)
        return create_app(replace(runtime, settings=chosen)).test_client()

    return made


def figure(text, name):
    return float(next(line for line in text.splitlines() if line.startswith(name)).split()[-1])


def test_the_index_that_is_behind_says_by_how_much(client, database, clock):
    with database.write() as session:
        due = database.now(session)
        for id_, done in (("a", 0), ("b", 1), ("c", 0)):
            row = IndexState(kind="listing", id=id_, wanted=1, done=done)
            row.not_before = None if done else due
            session.add(row)
        session.commit()
    text = client().get("/metrics").text
    assert figure(text, "qiaoyi_index_waiting") == 2
    assert figure(text, "qiaoyi_index_failing") == 0
    assert 0 <= figure(text, "qiaoyi_index_lag_seconds") < 60


def test_searches_are_counted(client, runtime):
    name = 'qiaoyi_search_seconds_count{operation="search"}'
    visitor = client()
    runtime.search.search(SearchRequest())
    before = figure(visitor.get("/metrics").text, name)
    runtime.search.search(SearchRequest())
    assert figure(visitor.get("/metrics").text, name) == before + 1


def test_strangers_see_nothing(client):
    elsewhere = {"REMOTE_ADDR": "198.51.100.7"}
    assert client().get("/metrics", environ_base=elsewhere).status_code == 404
    assert client().get("/metrics").status_code == 200
    guarded = client(metrics_token="only-the-watcher")
    assert guarded.get("/metrics").status_code == 404
    wrong = {"Authorization": "Bearer something else"}
    assert guarded.get("/metrics", headers=wrong).status_code == 404
    right = {"Authorization": "Bearer only-the-watcher"}
    seen = guarded.get("/metrics", headers=right, environ_base=elsewhere)
    assert seen.status_code == 200
    assert seen.mimetype == "text/plain"
