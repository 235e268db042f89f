"""Search down: everything except search goes on, and pages say so."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from core.ids import show
from listings.actions.draft_need import draft_need
from listings.actions.publish_need import publish_need
from listings.inputs import NeedInput
from search.embedded import EmbeddedEngine
from search.errors import SearchUnavailable
from search.queries import SearchRequest
from tests.listings.conftest import FIRM, INSTITUTE, market, people
from webapp.factory import create_app

TITLE = "石墨烯-铜复合散热膜的低温连续制备"
PLACES = ("/", "/search", "/search?q=石墨&way=exclusive", "/needs", "/search?page=9")


@pytest.fixture
def broken(runtime, tmp_path):
    """An engine whose folder has become a file: it can neither open an index nor begin one."""
    engine = EmbeddedEngine(tmp_path / "index")
    shutil.rmtree(tmp_path / "index")
    (tmp_path / "index").write_text("no folder", encoding="utf-8")
    return engine


@pytest.fixture
def client(runtime, broken):
    made = create_app(replace(runtime, search=broken))
    made.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    return made.test_client()


@pytest.fixture
def need(executor, people):
    asked = NeedInput(language="zh", title="车载控制器的低热阻散热方案", summary="热阻减半。")
    made = executor.run(people.buyer, draft_need, FIRM, asked).ref
    executor.run(people.buyer, publish_need, made)
    return made


def test_a_broken_index_is_search_unavailable(broken):
    with pytest.raises(SearchUnavailable):
        broken.search(SearchRequest())
    with pytest.raises(SearchUnavailable):
        broken.similar("listing", "1" * 32)


def test_every_public_page_still_answers(client, market, need):
    listing = market.published()
    pages = (
        *PLACES,
        f"/results/{show('listing', listing)}",
        f"/needs/{show('need', need)}",
        f"/organisations/{show('organisation', INSTITUTE)}",
        "/search/suggest?q=石墨",
    )
    for prefix in ("", "/en"):
        answers = {place: client.get(prefix + place).status_code for place in pages}
        assert set(answers.values()) == {200}, answers
    assert client.get("/search/suggest?q=石墨").json == []


def test_the_catalogue_stands_in_and_says_that_it_does(client, market, need):
    listing = market.published()
    page = client.get("/search", query_string={"q": "没有这样的词"}).text
    assert TITLE in page
    assert f"/results/{show('listing', listing)}" in page
    assert "搜索暂时无法使用" in page
    assert "车载控制器" not in page
    needs = client.get("/en/needs").text
    assert "车载控制器的低热阻散热方案" in needs
    assert TITLE not in needs
    assert "Search is not available at the moment" in needs


def test_home_and_institute_show_what_the_database_holds(client, market, need):
    market.published()
    home = client.get("/").text
    assert TITLE in home
    assert "还没有发布的内容" not in home
    assert TITLE in client.get(f"/organisations/{show('organisation', INSTITUTE)}").text
    assert TITLE not in client.get(f"/organisations/{show('organisation', FIRM)}").text


def test_drafts_and_confidential_needs_stay_out_of_the_catalogue(client, market, executor, people):
    market.draft(registration=None)
    secret = NeedInput(language="zh", title="不公开的需求", summary="…", confidential=True)
    made = executor.run(people.buyer, draft_need, FIRM, secret).ref
    executor.run(people.buyer, publish_need, made)
    assert TITLE not in client.get("/search").text
    assert "不公开的需求" not in client.get("/needs").text


def test_a_feed_asks_its_reader_to_come_back(client, market):
    assert client.get("/search.atom").status_code == 503


__all__ = ["market", "people"]
