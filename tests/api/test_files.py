"""Files by programs: sent as they are, looked at, kept by level, taken out again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from core.ids import show
from datarooms.models import RoomView
from listings.models import ListingFile
from tests.api.conftest import must_refuse
from tests.api.test_deals import asked, deal
from webapp.downloads import OCTETS

__all__ = ["asked", "deal"]
PDF = b"%PDF-1.7\n" + "导热膜工艺".encode()


@pytest.fixture
def send(api) -> Callable:
    """Posts octets to a path; `more` is the query."""
    keys = iter(range(1_000))

    def post(path: str, octets: bytes, who: str | None, kind: str = OCTETS, **more: str):
        head = api.head(who, **{"Idempotency-Key": f"file-number-{next(keys)}"})
        return api.call("POST", path, head, data=octets, content_type=kind, query_string=more)

    return post


@pytest.fixture
def files(market) -> str:
    return f"/listings/{show('listing', market.draft())}/files"


def test_a_file_goes_in_by_its_office_and_out_as_it_came(api, send, files):
    answer = send(files, PDF, "author", name="工艺.pdf", level="public")
    assert answer.status_code == 201, answer.text
    [kept] = answer.get_json()["items"]
    digest = hashlib.sha256(PDF).hexdigest()
    assert kept == {
        "name": "工艺.pdf", "media_type": "application/pdf", "size": len(PDF), "level": "public",
        "sha256": digest,
    }  # fmt: skip
    out = api.get(f"{files}/{digest}", "officer")
    assert (out.status_code, out.data, out.mimetype) == (200, PDF, OCTETS)
    assert "filename*=UTF-8''%E5%B7%A5" in out.headers["Content-Disposition"]
    gone = api.call("DELETE", f"{files}/{digest}", api.head("author"))
    assert gone.status_code == 204
    assert api.get(files, "author").get_json() == {"items": []}
    must_refuse(api.get(f"{files}/{digest}", "author"), 404, "not_found")


def test_a_level_opens_a_file_to_its_readers_only(api, send, market):
    path = f"/listings/{show('listing', market.published())}/files"
    for level in ("public", "member", "nda"):
        assert send(path, level.encode(), "officer", name="a.txt", level=level).status_code == 201
    digests = {level: hashlib.sha256(level.encode()).hexdigest() for level in ("public", "member")}
    secret = hashlib.sha256(b"nda").hexdigest()
    assert api.get(f"{path}/{digests['public']}").data == b"public"
    must_refuse(api.get(f"{path}/{digests['member']}"), 404, "not_found")
    assert api.get(f"{path}/{digests['member']}", "stranger").data == b"member"
    must_refuse(api.get(f"{path}/{secret}", "stranger"), 404, "not_found")


@pytest.mark.parametrize(
    ("octets", "name", "code"),
    [
        (PDF, "picture.png", "wrong_type"),
        (b"MZ\x90\x00", "paper.txt", "program"),
        (b"", "empty.txt", "empty"),
    ],
)
def test_what_is_not_what_it_says_is_refused_with_a_sentence(send, files, octets, name, code):
    refused = must_refuse(send(files, octets, "author", name=name), 422, "invalid")
    assert [(one["field"], one["code"]) for one in refused["errors"]] == [("file", code)]


def test_what_the_door_refuses(api, send, files, runtime, database):
    must_refuse(send(files, PDF, "author", "application/json", name="a.pdf"), 415, "not_octets")
    must_refuse(send(files, PDF, "author"), 422, "invalid")
    must_refuse(send(files, PDF, "author", name="a.pdf", level="secret"), 422, "invalid")
    others = PDF + b"not theirs to keep"
    must_refuse(send(files, others, "stranger", name="a.pdf"), 404, "not_found")
    stored = runtime.files.path(hashlib.sha256(others).hexdigest())
    assert not stored.exists()  # nobody's octets are kept before they may be
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(ListingFile)) == 0


def test_a_repeated_key_is_done_once(api, files):
    head = api.head("author", **{"Idempotency-Key": "one-key-only"})
    sent = {"content_type": OCTETS, "query_string": {"name": "a.pdf"}}
    assert api.call("POST", files, head, data=PDF, **sent).status_code == 201
    assert api.call("POST", files, head, data=PDF, **sent).status_code == 201
    other = api.call("POST", files, head, data=PDF + b"!", **sent)
    must_refuse(other, 422, "key_reused")


def test_a_room_keeps_files_and_who_took_them(api, send, deal, database):
    path = f"/deals/{deal}/files"
    room = send(path, PDF, "officer", name="工艺.pdf", level="both").get_json()["room"]
    [kept] = room["files"]
    assert (kept["name"], kept["level"], kept["file_version"]) == ("工艺.pdf", "both", 1)
    assert api.get(f"{path}/{kept['id']}", "buyer").data == PDF
    must_refuse(api.get(f"{path}/{kept['id']}", "stranger"), 404, "not_found")
    must_refuse(send(path, PDF, "stranger", name="a.pdf"), 404, "not_found")
    with database.read() as session:
        assert session.scalars(select(RoomView.file)).all() == [kept["id"]]
    secret = send(path, PDF, "officer", name="密.pdf", level="nda").get_json()["room"]["files"]
    closed = next(one["id"] for one in secret if one["level"] == "nda")
    must_refuse(api.get(f"{path}/{closed}", "buyer"), 403, "room_promise_needed")
