"""One's own: the token's person, messages, saved items; and exports for everyone."""

from __future__ import annotations

import csv
import io
import json

from core.ids import show
from listings.actions.edit_listing import edit_listing
from listings.inputs import ListingChange, TextInput
from tests.api.conftest import must_refuse
from tests.listings.conftest import IDS, INSTITUTE


def test_me(api):
    me = api.get("/me", "officer").get_json()
    assert (me["person"], me["name"]) == (show("person", IDS["officer"]), "officer")
    assert me["seats"] == [
        {
            "organisation": show("organisation", INSTITUTE),
            "name": "institute 1",
            "kind": "institute",
            "roles": ["tto_officer"],
        }
    ]
    assert api.get("/me", "operator").get_json()["seats"] == []


def test_messages_are_read_in_parts_and_noted_as_read(api, market, drain):
    for _ in range(3):
        market.submitted(registration=None)
    drain()
    first = api.get("/messages?limit=2", "officer").get_json()
    rest = api.get(f"/messages?limit=2&cursor={first['next']}", "officer").get_json()
    seen = first["items"] + rest["items"]
    numbers = [one["number"] for one in seen]
    assert (len(seen), numbers) == (3, sorted(numbers, reverse=True))
    assert rest["next"] is None
    assert all(one["about"].startswith("lst_") for one in seen)
    done = api.post("/messages/read", {"upto": numbers[1]}, "officer")
    assert done.status_code == 204
    left = [one["unread"] for one in api.get("/messages", "officer").get_json()["items"]]
    assert left == [True, False, False]
    assert api.get("/messages", "stranger").get_json()["items"] == []


def test_items_are_saved_once_and_taken_off(api, market):
    item = show("listing", market.published())
    for _ in range(2):
        kept = api.post("/saved", {"item": item, "note": "看样"}, "buyer").get_json()
    assert [(one["item"], one["note"]) for one in kept["items"]] == [(item, "看样")]
    assert api.get("/saved", "stranger").get_json()["items"] == []
    assert api.call("DELETE", f"/saved/{item}", api.head("buyer")).status_code == 204
    assert api.get("/saved", "buyer").get_json()["items"] == []
    draft = show("listing", market.draft(registration=None))
    must_refuse(api.post("/saved", {"item": draft}, "buyer"), 404, "not_found")
    must_refuse(api.call("DELETE", "/saved/org_1", api.head("buyer")), 404, "not_found")


def test_the_published_market_as_lines_and_as_a_table(api, market, people, executor):
    listing = market.published()
    market.draft(registration=None)
    text = TextInput("en", "=HYPERLINK(1)", "+1")
    executor.run(people.officer, edit_listing, listing, ListingChange(texts=(text,)))
    lines = api.get("/exports/listings.ndjson").text.splitlines()
    assert [json.loads(line)["id"] for line in lines] == [show("listing", listing)]
    table = api.get("/exports/listings.csv")
    assert table.data.startswith(b"\xef\xbb\xbf")
    [row] = csv.DictReader(io.StringIO(table.data.decode("utf-8-sig")))
    assert (row["id"], row["title_en"], row["value_line_en"]) == (
        show("listing", listing), "'=HYPERLINK(1)", "'+1",
    )  # fmt: skip
