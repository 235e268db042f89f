"""The change feed: a follower who only ever asks for what is new ends with what is public."""

from __future__ import annotations

from core.ids import show
from core.times import legal_date
from listings.actions.edit_listing import edit_listing
from listings.actions.withdraw_listing import withdraw_listing
from listings.inputs import ListingChange, TextInput
from syndication.changes import changes_since, last_change
from tests.listings.conftest import CHANGE, TEXT
from tests.webapp.clients import app, client, market, people

NEW = TextInput("zh", "改过的题目", "一句话说明新的价值。", TEXT.abstract)


def since(runtime, number, limit=200):
    with runtime.database.read() as session:
        today = legal_date(runtime.database.now(session), runtime.settings.zone)
        return changes_since(session, number, today, limit)


def test_a_follower_page_by_page_sees_what_one_question_sees(runtime, market, drain):
    listings = [market.published(registration=f"3302026Y041{n}") for n in range(5)]
    drain()
    whole = since(runtime, 0)
    assert {row.id for row in whole.rows} == set(listings)
    seen, last, more = [], 0, True
    while more:
        part = since(runtime, last, 2)
        assert len(part.rows) <= 2
        seen, last, more = [*seen, *part.rows], part.last, part.more
    assert seen == list(whole.rows)
    assert since(runtime, last).rows == []
    assert since(runtime, last).last == last


def test_numbers_rise_and_a_withdrawal_becomes_a_tombstone_everywhere(
    runtime, market, drain, client, people, executor
):
    listing = market.published()
    drain()
    first = since(runtime, 0).last
    executor.run(people.officer, edit_listing, listing, ListingChange(texts=(NEW,)))
    drain()
    [edited] = since(runtime, first).rows
    assert edited.public.texts["zh"].title == NEW.title
    executor.run(people.officer, withdraw_listing, listing, "sold")
    drain()
    assert all(row.public is None for row in since(runtime, 0).rows)
    body = client.get("/changes.json?since=0").json
    assert {one["op"] for one in body["changes"]} == {"withdrawn"}
    assert NEW.title not in client.get("/changes.json").text + client.get("/changes").text


def test_the_page_and_the_json_name_what_is_public(runtime, market, drain, client):
    listing = market.published()
    drain()
    body = client.get("/changes.json").json
    [one] = [entry for entry in body["changes"] if entry["id"] == show("listing", listing)]
    assert one["titles"] == {"zh": TEXT.title, "en": CHANGE.texts[0].title}
    assert one["url"].endswith(f"/results/{show('listing', listing)}")
    assert body["next"] == since(runtime, 0).last
    assert TEXT.title in client.get("/changes").text
    assert CHANGE.texts[0].title in client.get("/en/changes").text


def test_drafts_leave_no_number(runtime, market, drain):
    market.draft()
    drain()
    with runtime.database.read() as session:
        assert last_change(session) == 0


def test_what_is_no_number_is_refused_and_an_unchanged_feed_is_not_sent_again(client, runtime):
    for wrong in ("since=-1", "since=x", "since=1e3", "limit=0", "since=99999999999999999999"):
        assert client.get(f"/changes.json?{wrong}").status_code == 400
    answer = client.get("/changes.json")
    assert answer.json == {"changes": [], "next": 0, "more": False}
    again = client.get("/changes.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


__all__ = ["app", "client", "market", "people"]
