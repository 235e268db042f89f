"""Terms at a fixed price by programs: posted, read by anybody, taken by a firm, withdrawn."""

from __future__ import annotations

import pytest

from core.ids import show
from tests.api.conftest import must_refuse
from tests.deals.conftest import OWN_RULES
from tests.listings.conftest import FIRM, INSTITUTE
from webapp.api.schemas.postings import POSTING

TERMS = {"way": "exclusive", "lump_sum": 80_000_000}
SENT = {"mode": "fixed_price", "terms": TERMS, "conditions": "具备量产能力。",
        "mode_reason": OWN_RULES}  # fmt: skip


@pytest.fixture
def listing(market) -> str:
    return show("listing", market.published())


@pytest.fixture
def posting(api, listing) -> str:
    answer = api.post(f"/listings/{listing}/postings", SENT, "officer")
    assert answer.status_code == 201, answer.text
    return answer.get_json()["id"]


def take(api, posting: str, who: str = "buyer", organisation: str = FIRM, **more: object):
    sent = {"organisation": show("organisation", organisation), "confirmed": True} | more
    return api.post(f"/postings/{posting}/take", sent, who)


def test_terms_are_posted_read_and_taken(api, listing, posting):
    for who in (None, "stranger", "buyer"):
        items = api.get(f"/listings/{listing}/postings", who).get_json()["items"]
        assert [(one["id"], one["mode"], one["state"]) for one in items] == [
            (posting, "fixed_price", "open")
        ]
    seen = api.get(f"/postings/{posting}").get_json()
    assert (seen["terms"]["lump_sum"], seen["terms"]["currency"]) == (80_000_000, "CNY")
    assert seen["conditions"] == "具备量产能力。"
    answer = take(api, posting, related=True)
    assert answer.status_code == 201, answer.text
    deal = answer.get_json()
    assert (deal["state"], deal["side"], deal["agreed"]) == ("notice", "buyer", 1)
    assert api.get(f"/deals/{deal['id']}", "officer").get_json()["side"] == "seller"


def test_each_sees_its_own_part(api, posting):
    path = f"/postings/{posting}"
    shapes = {None: "public", "buyer": "buyer", "stranger": "buyer", "officer": "office",
              "operator": "public"}  # fmt: skip
    for who, relation in shapes.items():
        assert set(api.get(path, who).get_json()) == POSTING.of[relation], who
    assert api.get(path, "buyer").get_json()["buyers"] == [show("organisation", FIRM)]
    api.tokens["public"] = api.token("buyer", "read:market")
    assert set(api.get(path, api.tokens["public"]).get_json()) == POSTING.of["public"]


def test_terms_are_the_offices(api, listing, posting):
    path = f"/listings/{listing}/postings"
    for who in ("author", "buyer", "stranger", "operator"):
        must_refuse(api.post(path, SENT, who), 404, "not_found")
    for who in ("author", "buyer", "stranger", "operator"):
        must_refuse(api.post(f"/postings/{posting}/withdraw", {}, who), 403, "forbidden")
    withdrawn = api.post(f"/postings/{posting}/withdraw", {}, "officer").get_json()
    assert withdrawn["state"] == "withdrawn"
    must_refuse(api.post(f"/postings/{posting}/withdraw", {}, "officer"), 409, "terms_withdrawn")
    must_refuse(take(api, posting), 409, "terms_withdrawn")
    assert api.get(path).get_json()["items"] == []


def test_who_may_not_take_is_told_why(api, posting):
    must_refuse(take(api, posting, "stranger"), 403, "forbidden")
    must_refuse(take(api, posting, "author"), 403, "forbidden")
    must_refuse(take(api, posting, "officer", INSTITUTE), 409, "own_terms")
    must_refuse(take(api, posting, confirmed=False), 422, "invalid")


def test_a_repeated_key_takes_once(api, posting):
    head = {"Idempotency-Key": "the-same-key"}
    sent = {"organisation": show("organisation", FIRM), "confirmed": True}
    first, again = (api.post(f"/postings/{posting}/take", sent, "buyer", **head) for _ in range(2))
    assert first.get_json()["id"] == again.get_json()["id"]
    assert len(api.get("/deals", "buyer").get_json()["items"]) == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"mode": "negotiated"}, "mode"),
        ({"mode": "open_listing"}, "mode"),
        ({"mode": "nothing"}, "mode"),
        ({"terms": {"way": "exclusive"}}, "lump_sum"),
        ({"terms": TERMS | {"currency": "USD"}}, "terms.currency"),
        ({"conditions": "x" * 1001}, "conditions"),
    ],
)
def test_terms_that_are_none_are_refused_by_field(api, listing, change, field):
    answer = api.post(f"/listings/{listing}/postings", SENT | change, "officer")
    assert [one["field"] for one in must_refuse(answer, 422, "invalid")["errors"]] == [field]


def test_terms_of_what_is_not_public_are_nobodys(api, market, posting, listing):
    draft = show("listing", market.draft(registration=None))
    must_refuse(api.get(f"/listings/{draft}/postings"), 404, "not_found")
    api.post(f"/listings/{listing}/withdraw", {"reason": "not_now"}, "officer")
    must_refuse(api.get(f"/postings/{posting}", "buyer"), 404, "not_found")
    must_refuse(take(api, posting), 404, "not_found")
    assert api.get(f"/postings/{posting}", "officer").status_code == 200
