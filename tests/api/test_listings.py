"""A listing's whole life, by programs of its author and its office."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest

from core.ids import parse, show
from listings.actions.add_file import add_file
from listings.kinds import Level
from tests.api.conftest import must_refuse
from tests.listings.conftest import INSTITUTE, People

OWNER = show("organisation", INSTITUTE)
TEXT = {
    "language": "zh",
    "title": "低温连续制备的散热膜",
    "value_line": "薄40%。",
    "abstract": "摘要。",
}
MORE = {
    "ways": [{"way": "ordinary", "price": {"minor": 40000000, "currency": "CNY"}}],
    "contact": {"name": "周砚秋", "phone": "0571-0000 0217", "mail": "z@i.example"},
    "asset": {
        "trl": 7,
        "ipc": ["H05K7/20"],
        "contributors": [{"name": "陆闻笛", "share_bp": 10000}],
        "patents": [{"application_number": "CN202310482617.0", "legal_status": "in_force"}],
    },
}
OK = {
    item: {"outcome": "ok", "note": "登记簿副本", "seen_on": "2026-11-20"}
    for item in ("owner", "co_owners", "pledge", "earlier_licences", "annuity")
}
DRAFT = {"owner": OWNER, "kind": "result", "text": TEXT, "more": MORE}


def step(api, listing: str, name: str, who: str, body: object = None):
    answer = api.post(f"/listings/{listing}/{name}", body or {}, who)
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def published(api) -> str:
    made = api.post("/listings", DRAFT, "author")
    assert made.status_code == 201, made.text
    listing = made.get_json()["id"]
    step(api, listing, "submit", "author")
    step(api, listing, "title-check", "officer", {"findings": OK})
    step(api, listing, "approve", "officer")
    assert step(api, listing, "publish", "officer")["state"] == "published"
    return listing


def test_from_a_draft_to_the_market_and_off_it(api):
    listing = published(api)
    seen = api.get(f"/listings/{listing}").get_json()
    assert seen["text"]["title"] == TEXT["title"]
    assert seen["ways"][0]["price"] == {"minor": 40000000, "currency": "CNY"}
    assert [row["id"] for row in api.get("/listings").get_json()["items"]] == [listing]
    assert step(api, listing, "confirm", "author")["state"] == "published"
    gone = step(api, listing, "withdraw", "author", {"reason": "not_now", "note": "改造中"})
    assert (gone["state"], gone["history"][-1]["note"]) == ("withdrawn", "改造中")
    must_refuse(api.get(f"/listings/{listing}"), 404, "not_found")
    assert step(api, listing, "reopen", "author")["state"] == "draft"
    must_refuse(api.post(f"/listings/{listing}/publish", {}, "officer"), 409, "listing_wrong_state")
    assert step(api, listing, "archive", "author")["state"] == "archived"


def test_the_author_does_not_approve_and_strangers_know_nothing(api):
    listing = api.post("/listings", DRAFT, "officer").get_json()["id"]
    step(api, listing, "submit", "officer")
    step(api, listing, "title-check", "officer", {"findings": OK})
    must_refuse(api.post(f"/listings/{listing}/approve", {}, "officer"), 409, "listing_own_work")
    for act in ("submit", "approve", "publish", "archive"):
        must_refuse(api.post(f"/listings/{listing}/{act}", {}, "stranger"), 404, "not_found")
    must_refuse(api.post(f"/listings/{listing}/approve", {}, "author"), 404, "not_found")
    back = step(api, listing, "return", "colleague", {"reason": "price", "note": "价格待定"})
    assert back["returned_code"] == "price"
    must_refuse(api.post("/listings", DRAFT, "stranger"), 403, "forbidden")


def test_an_edit_names_its_version_and_loses_nothing(api):
    made = api.post("/listings", DRAFT, "author")
    listing, tag = made.get_json()["id"], made.headers["ETag"].strip('"')
    change = {"texts": [TEXT | {"title": "改过的题目"}]}
    done = api.send("PATCH", f"/listings/{listing}", change, "author", tag)
    assert done.get_json()["text"]["title"] == "改过的题目"
    assert done.headers["ETag"] != made.headers["ETag"]
    late = api.send("PATCH", f"/listings/{listing}", change, "officer", tag)
    must_refuse(late, 412, "version_stale")
    answer = api.call("PATCH", f"/listings/{listing}", api.head("author"), json=change)
    must_refuse(answer, 428, "version_missing")
    must_refuse(
        api.send("PATCH", f"/listings/{listing}", change, "author", "*"), 428, "version_missing"
    )


def test_a_repeated_post_is_done_once(api):
    first = api.post("/listings", DRAFT, "author", **{"Idempotency-Key": "the-same-key"})
    again = api.post("/listings", DRAFT, "author", **{"Idempotency-Key": "the-same-key"})
    assert first.get_json() == again.get_json()
    other = api.post(
        "/listings", DRAFT | {"kind": "know_how"}, "author", **{"Idempotency-Key": "the-same-key"}
    )
    must_refuse(other, 422, "key_reused")
    assert len(api.get("/listings", "author").get_json()["items"]) == 1
    answer = api.call("POST", "/listings", api.head("author"), json=DRAFT)
    must_refuse(answer, 400, "idempotency_key_missing")


def test_a_list_goes_on_where_it_was_left(api, clock):
    made = []
    for _ in range(5):
        made.append(api.post("/listings", DRAFT, "author").get_json()["id"])
        clock.move(timedelta(seconds=1))
    seen, cursor = [], ""
    while cursor is not None:
        page = api.get(f"/listings?limit=2{cursor and f'&cursor={cursor}'}", "author").get_json()
        seen += [row["id"] for row in page["items"]]
        if len(seen) == 2:
            api.post("/listings", DRAFT, "author")  # what comes meanwhile moves nothing
        cursor = page["next"]
    assert seen == made[::-1]
    assert parse(seen[0])[0] == "listing"


@pytest.mark.parametrize(
    "cursor", ["x", "WyJuZWVkcyIsMV0", "bnVsbA", "W10", "%00", "WyJsaXN0aW5ncyIsMSwyXQ"]
)
def test_a_cursor_of_something_else_is_refused(api, cursor):
    assert api.get(f"/listings?cursor={cursor}").status_code in (400, 422)


def test_lists_are_narrowed(api):
    listing = published(api)
    api.post("/listings", DRAFT, "author")
    both = api.get(f"/listings?owner={OWNER}", "author").get_json()["items"]
    assert {row["state"] for row in both} == {"published", "draft"}
    drafts = api.get("/listings?state=draft&kind=result", "author").get_json()["items"]
    assert [row["state"] for row in drafts] == ["draft"]
    assert api.get("/listings?kind=patent").get_json()["items"] == []
    assert [r["id"] for r in api.get(f"/listings?owner={OWNER}").get_json()["items"]] == [listing]


def test_a_token_for_the_open_market_sees_no_draft(api):
    draft = api.post("/listings", DRAFT, "author").get_json()["id"]
    api.tokens["author"] = api.token("author", "read:market")
    assert api.get("/listings", "author").get_json()["items"] == []
    must_refuse(api.get(f"/listings/{draft}", "author"), 404, "not_found")


def test_files_are_named_in_their_levels(api, runtime, market):
    listing = market.published()
    for level in Level:
        stored = runtime.files.put(io.BytesIO(str(level).encode()), limit=100)
        runtime.executor.run(
            People().officer, add_file, listing, stored.sha256, f"{level}.txt", "text/plain",
            stored.size, level,
        )  # fmt: skip
    path = f"/listings/{show('listing', listing)}/files"

    def open_ones(who):
        items = api.get(path, who).get_json()["items"]
        assert len(items) == 3
        return [row["level"] for row in items if row["sha256"]]

    assert open_ones(None) == ["public"]
    assert open_ones("stranger") == ["public", "member"]
    assert open_ones("officer") == ["public", "member", "nda"]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("<b>12</b>", "patent_number_unreadable"),
        ("CN202310482617.1", "patent_check_digit"),
        ("null", "patent_number_missing"),
    ],
)
def test_what_is_no_patent_number_is_not_kept_as_one(api, number, code):
    asset = {"patents": [{"publication_number": number}]}
    answer = api.post("/listings", DRAFT | {"more": {"asset": asset}}, "author")
    assert answer.status_code == 422
    problem = answer.get_json()["errors"][0]
    assert problem["field"] == "more.asset.patents.0.publication_number"
    assert problem["code"] == code


def test_two_texts_in_one_language_are_refused(api):
    answer = api.post("/listings", DRAFT | {"more": {"texts": [TEXT]}}, "author")
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["field"] == "texts"


def test_a_registration_number_is_given_once(api):
    numbered = DRAFT | {"more": {"asset": {"registration": "3302026Y0417"}}}
    assert api.post("/listings", numbered, "author").status_code == 201
    must_refuse(api.post("/listings", numbered, "author"), 409, "registration_taken")
