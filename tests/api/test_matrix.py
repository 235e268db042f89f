"""Every operation, pressed without a token, with one that lacks its scope, on what is not there.

Things that are there, in every relation to every actor, are pressed in `tests/trust`.
"""

from __future__ import annotations

import pytest

from accounts.scopes import Scope
from core.ids import PREFIXES
from tests.api.conftest import must_refuse
from webapp.api.declaring import KINDS, NUMBERED, PARTS, TABLE
from webapp.downloads import OCTETS

NOBODYS = "0" * 32
FILLED = {
    **{kind: f"{PREFIXES[kind]}_{NOBODYS}" for kind in KINDS},
    **dict.fromkeys(NUMBERED, "1"),
    "item": f"lst_{NOBODYS}", "objection": NOBODYS, "question": NOBODYS,
    **dict.fromkeys(PARTS, NOBODYS),
    "file": NOBODYS, "sha256": NOBODYS * 2,
}  # fmt: skip
OPEN = {
    "listListings", "readListing", "listFiles", "readFile", "listNeeds", "readNeed", "search",
    "suggest", "listOrganisations", "readOrganisation", "listChanges", "exportListings",
    "exportListingsTable", "readLogo", "listRounds", "readRound", "readOpening", "listPostings",
    "readPosting", "listPictures", "readPicture",
    "listNotices", "readNotice",
}  # fmt: skip
"""What anybody may call; written here a second time on purpose."""
_PAPER = {"day": "2026-11-01"}
ASKED = {
    "fileValuationReport": {
        "methods": "income_approach", "value": "1", "valued_on": "2026-11-01",
        "valid_until": "2027-11-01",
    },
    "addDocument": {"kind": "other"},
    "fileMinutes": {"outcome": "passed", "held_on": "2026-11-01"},
    "showNoticePosting": {"shows": "first", "place": "board"},
    "fileService": _PAPER,
    "fileWaiver": _PAPER,
    "fileAcceptance": _PAPER,
}  # fmt: skip
"""What some want to know of a file beside its name."""
OPERATIONS = list(TABLE)


def call(api, operation, who):
    path = operation.path
    for name in operation.parameters:
        path = path.replace(f"{{{name}}}", FILLED[name])
    head = api.head(who, **{"Idempotency-Key": "12345678", "If-Match": '"1"'})
    if operation.takes_file:
        asked = {"name": "x.txt"} | ASKED.get(operation.name, {})
        octets = {"data": b"x", "content_type": OCTETS, "query_string": asked}
        return api.call(operation.method, path, head, **octets)
    return api.call(operation.method, path, head, json={} if operation.body else None)


def test_what_is_open_is_open_on_purpose():
    assert {one.name for one in OPERATIONS if one.scope is None} == OPEN
    writing = [one for one in OPERATIONS if one.method != "GET"]
    assert all(one.scope and one.scope.startswith("write:") for one in writing)
    assert len(OPERATIONS) >= 50


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_each_operation_asks_for_its_token_and_scope(api, operation):
    if operation.scope is None:
        assert call(api, operation, None).status_code in (200, 404, 422)
        return
    must_refuse(call(api, operation, None), 401, "token_missing")
    others = [scope for scope in Scope if scope != operation.scope]
    api.tokens["officer"] = api.token("officer", *others)
    refused = must_refuse(call(api, operation, "officer"), 403, "scope_missing")
    assert operation.scope in refused["detail"]


@pytest.mark.parametrize(
    "operation",
    [one for one in OPERATIONS if one.parameters and one.body is None and one.name != "removeItem"],
    ids=lambda one: one.name,
)
def test_what_is_not_there_is_not_there(api, operation):
    must_refuse(call(api, operation, "officer"), 404, "not_found")


@pytest.mark.parametrize(
    "operation", [one for one in OPERATIONS if one.body is not None], ids=lambda one: one.name
)
def test_no_operation_takes_a_field_that_it_does_not_name(api, operation):
    """Mass assignment: every column's name beside the declared ones is refused by name."""
    path = operation.path
    for name in operation.parameters:
        path = path.replace(f"{{{name}}}", FILLED[name])
    columns = ("state", "version", "approved_by", "owner_org", "person", "roles", "published_at")
    extra = {name: "x" for name in columns if name not in operation.body.model_fields}
    head = api.head("officer", **{"Idempotency-Key": "12345678", "If-Match": '"1"'})
    answer = api.call(operation.method, path, head, json=extra)
    refused = must_refuse(answer, 422, "invalid")
    named = {one["field"] for one in refused["errors"] if one["code"] == "extra_forbidden"}
    assert named == set(extra)
