"""Saved searches by programs: kept, told of what comes later, paused, forgotten; one's own only."""

from __future__ import annotations

import pytest

from core.ids import parse, show
from matching.queries import saved_searches
from tests.api.conftest import must_refuse
from tests.listings.conftest import INSTITUTE, People
from tests.webapp.desks import signed_in

FILM = {"q": "散热膜", "way": ["exclusive"]}


@pytest.fixture
def kept(api) -> str:
    answer = api.post("/saved-searches", FILM, "buyer")
    assert answer.status_code == 201, answer.text
    return answer.get_json()["id"]


def test_what_comes_later_is_found_and_read(api, market, kept, drain):
    assert api.get(f"/saved-searches/{kept}", "buyer").get_json()["matches"] == []
    listing = show("listing", market.published())
    drain()
    seen = api.get(f"/saved-searches/{kept}", "buyer").get_json()
    assert [(one["item"], bool(one["title"])) for one in seen["matches"]] == [(listing, True)]
    [line] = api.get("/saved-searches", "buyer").get_json()["items"]
    assert (line["id"], line["name"], line["found"]) == (kept, "散热膜", 1)
    assert api.get("/saved-searches", "stranger").get_json()["items"] == []


def test_a_program_and_the_page_keep_the_same_search(api, app, database, executor, kept):
    app.config["WTF_CSRF_ENABLED"] = False
    browser = signed_in(app, executor, People.buyer.person)
    [line] = api.get("/saved-searches", "buyer").get_json()["items"]
    query = line["search"].partition("?")[2]
    form = {"place": "/search", "query": query}
    assert browser.post("/saved/searches", data=form).status_code == 302
    with database.read() as session:
        assert [one.id for one in saved_searches(session, People.buyer)] == [parse(kept)[1]]


def test_a_search_is_paused_resumed_and_forgotten(api, kept):
    path = f"/saved-searches/{kept}"
    assert api.post(f"{path}/pause", {}, "buyer").get_json()["paused"] is True
    assert api.post(f"{path}/resume", {}, "buyer").get_json()["paused"] is False
    assert api.call("DELETE", path, api.head("buyer")).status_code == 204
    must_refuse(api.get(path, "buyer"), 404, "not_found")


def test_a_search_is_ones_own(api, kept):
    path = f"/saved-searches/{kept}"
    must_refuse(api.get(path, "officer"), 404, "not_found")
    must_refuse(api.call("DELETE", path, api.head("officer")), 404, "not_found")
    for deed in ("pause", "resume"):
        must_refuse(api.post(f"{path}/{deed}", {}, "officer"), 404, "not_found")
    assert api.get(path, "buyer").get_json()["paused"] is False


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({}, "search_asks_nothing"),
        ({"what": "needs"}, "search_asks_nothing"),
    ],
)
def test_a_search_for_everything_is_not_kept(api, sent, code):
    must_refuse(api.post("/saved-searches", sent, "buyer"), 409, code)


@pytest.mark.parametrize(
    "sent", [{"q": "散\x00热"}, {"q": "x", "way": ["\x00"]}, {"q": "x", "trl_from": 10},
             {"q": "x", "what": "people"}, {"q": "x", "sort": "newest"}]
)  # fmt: skip
def test_what_is_no_search_is_refused_by_field(api, sent):
    must_refuse(api.post("/saved-searches", sent, "buyer"), 422, "invalid")


def test_an_institute_is_named_as_it_is_shown(api, market, drain):
    house = show("organisation", INSTITUTE)
    sent = {"institute": [house], "what": "listings", "name": "本校成果"}
    kept = api.post("/saved-searches", sent, "officer").get_json()
    assert (kept["name"], INSTITUTE in kept["search"]) == ("本校成果", True)
    market.published()
    drain()
    assert len(api.get(f"/saved-searches/{kept['id']}", "officer").get_json()["matches"]) == 1
