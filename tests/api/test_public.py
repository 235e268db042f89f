"""What a program without a token may read: search, organisations, changes."""

from __future__ import annotations

import pytest

from core.ids import show
from listings.actions.withdraw_listing import withdraw_listing
from search import indexer
from search.errors import SearchUnavailable
from tests.api.conftest import must_refuse
from tests.listings.conftest import INSTITUTE


@pytest.fixture
def found(runtime, market, drain):
    indexer.reindex(runtime.database, runtime.search, runtime.loaders)
    listing = market.published()
    drain()
    return listing


def test_search_finds_counts_and_goes_on(api, found):
    page = api.get("/search?q=散热膜&way=ordinary&limit=1").get_json()
    assert (page["total"], page["items"][0]["id"]) == (1, show("listing", found))
    institutes = page["facets"]["institute"]
    assert institutes == [{"value": show("organisation", INSTITUTE), "count": 1, "selected": False}]
    narrowed = api.get(f"/search?institute={institutes[0]['value']}&trl_from=7").get_json()
    assert narrowed["total"] == 1
    assert api.get("/search?q=散热膜&way=equity_contribution").get_json()["total"] == 0
    assert page["next"] is None


def test_a_cursor_of_another_question_is_refused(api, market, found, drain):
    market.published(registration=None)
    drain()
    first = api.get("/search?q=散热膜&limit=1").get_json()
    second = api.get(f"/search?q=散热膜&limit=1&cursor={first['next']}").get_json()
    assert {first["items"][0]["id"], second["items"][0]["id"]} >= {show("listing", found)}
    assert first["items"] != second["items"]
    assert second["next"] is None
    must_refuse(api.get(f"/search?q=石墨烯&limit=1&cursor={first['next']}"), 422, "cursor_invalid")


def test_suggestions(api, found):
    assert api.get("/search/suggestions?q=石墨").get_json()["items"]
    assert api.get("/search/suggestions?q=").get_json()["items"] == []


def test_search_down_is_said(api, runtime, monkeypatch):
    def down(*_args, **_more):
        raise SearchUnavailable

    monkeypatch.setattr(runtime.search, "search", down)
    monkeypatch.setattr(runtime.search, "suggest", down)
    must_refuse(api.get("/search?q=x"), 503, "search_unavailable")
    must_refuse(api.get("/search/suggestions?q=x"), 503, "search_unavailable")
    assert api.get("/listings").status_code == 200


def test_organisations_are_listed_found_and_read(api):
    seen, cursor = [], ""
    while cursor is not None:
        page = api.get(f"/organisations?limit=1{cursor and f'&cursor={cursor}'}").get_json()
        seen += page["items"]
        cursor = page["next"]
    assert [one["kind"] for one in seen] == ["institute", "institute", "firm"]
    assert len(api.get("/organisations?q=FIRM&kind=firm").get_json()["items"]) == 1
    one = api.get(f"/organisations/{seen[0]['id']}").get_json()
    assert one == seen[0]
    assert "state" not in one
    assert api.get(f"/organisations/{one['id']}", "author").get_json()["state"] == "vetted"
    must_refuse(api.get(f"/organisations/org_{'0' * 32}"), 404, "not_found")


def test_changes_are_followed_and_what_is_gone_is_said(api, market, people, executor, drain):
    listing = market.published()
    drain()
    first = api.get("/changes").get_json()
    assert [(one["id"], one["gone"]) for one in first["items"]] == [
        (show("listing", listing), False)
    ]
    assert first["items"][0]["listing"]["texts"]["en"]["title"].startswith("Low-temperature")
    executor.run(people.officer, withdraw_listing, listing, "not_now")
    drain()
    later = api.get(f"/changes?cursor={first['next']}").get_json()
    assert [(one["gone"], one["listing"]) for one in later["items"]] == [(True, None)]
    rest = api.get(f"/changes?cursor={later['next']}").get_json()
    assert (rest["items"], rest["next"], rest["more"]) == ([], later["next"], False)
