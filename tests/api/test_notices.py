"""Public notices, their pictures, and papers for export, by programs."""

from __future__ import annotations

import hashlib

import pytest
from sqlalchemy import update

from accounts.models import Organisation
from core.ids import show
from tests.api.conftest import must_refuse
from tests.api.staged import send
from tests.api.test_deals import TERMS, act, asked, deal
from tests.listings.conftest import FIRM, INSTITUTE
from tests.pictures import PNG

__all__ = ["asked", "deal"]
OBJECTION = {"name": "某人", "contact": "m@x.example", "text": "价格远低于同类许可的水平。"}


@pytest.fixture
def noticed(api, deal) -> tuple[str, str]:
    """(the deal's path, the notice's path)."""
    path = f"/deals/{deal}"
    terms = TERMS | {"note": "内部备注", "milestones": "内部里程碑"}
    act(api, f"{path}/offers", {"terms": terms}, "buyer")
    agreed = act(api, f"{path}/offers/1/accept", {}, "officer")
    return path, f"/notices/{agreed['notice']['id']}"


def test_a_notice_is_read_by_anybody_and_says_no_more_than_its_page(api, noticed):
    _, path = noticed
    [line] = api.get("/notices").get_json()["items"]
    seen = api.get(path).get_json()
    assert {name: seen[name] for name in line} == line
    assert (seen["organisation"], seen["state"]) == (show("organisation", INSTITUTE), "waiting")
    assert (seen["first_day"], seen["ends_at"]) == (None, None)
    assert (seen["terms"]["lump_sum"], seen["objections"]) == (240_000_000, 0)
    assert "内部" not in api.get(path).text
    assert seen["citations"]


def test_notices_go_on_by_cursor(api, noticed):
    first = api.get("/notices?limit=1").get_json()
    assert (len(first["items"]), first["next"]) == (1, None)
    must_refuse(api.get("/notices?cursor=nothing"), 422, "cursor_invalid")


def test_a_program_objects_for_its_person(api, noticed):
    deal, path = noticed
    there = f"{path}/objections"
    must_refuse(api.post(there, OBJECTION | {"text": "短"}, "stranger"), 422, "invalid")
    sent = api.post(there, OBJECTION, "stranger")
    assert sent.status_code == 201, sent.text
    assert (sent.get_json()["objections"], sent.get_json()["objections_open"]) == (1, 1)
    assert "m@x.example" not in sent.text
    [objection] = api.get(deal, "officer").get_json()["objections"]
    assert objection["contact"] == "m@x.example"


def test_pictures_are_shown_by_the_owner_to_both_sides(api, noticed, runtime):
    path, query = f"{noticed[0]}/notice-postings", {"shows": "first", "place": "board"}
    picture = {"name": "公告栏.png"} | query
    board = PNG + b"of this board"  # files are kept by their octets, whoever sent them before
    must_refuse(send(api, path, board, "buyer", **picture), 403, "owner_posts")
    must_refuse(send(api, path, board, "stranger", **picture), 404, "not_found")
    assert not runtime.files.path(hashlib.sha256(board).hexdigest()).exists()
    must_refuse(send(api, path, b"MZ\x90", "officer", name="a.exe", **query), 422, "invalid")
    site = picture | {"place": "site"}
    must_refuse(send(api, path, board, "officer", **site), 422, "invalid")
    shown = send(api, path, board, "officer", **picture)
    assert shown.status_code == 201, shown.text
    begun = api.get(noticed[1]).get_json()
    assert (begun["state"], bool(begun["ends_at"])) == ("running", True)
    for who in ("officer", "buyer"):
        [one] = api.get(path, who).get_json()["items"]
        assert api.get(f"{path}/{one['id']}", who).data == board
    must_refuse(api.get(path, "stranger"), 404, "not_found")
    must_refuse(api.get(f"{path}/{one['id']}", "stranger"), 404, "not_found")


def test_papers_for_export_are_recorded_by_the_seller(api, asked, database):
    with database.write() as session:
        session.execute(update(Organisation).where(Organisation.id == FIRM).values(country="DE"))
        session.commit()
    listing = asked["listing"]
    stated = {"kind": "restricted", "basis": "目录第183510X号"}
    api.post(f"/listings/{listing}/export-statement", stated, "officer")
    opened = act(api, f"/inquiries/{asked['id']}/deal", {}, "officer")
    path = f"/deals/{opened['id']}"
    assert opened["border"] == {
        "country": None,
        "stated": "restricted",
        "papers": [],
        "records": True,
    }
    paper = {"kind": "intent", "number": "意2026-17", "issued_on": "2026-11-01"}
    must_refuse(api.post(f"{path}/offers", {"terms": TERMS}, "officer"), 409,
                "export_intent_missing")  # fmt: skip
    refused = api.post(f"{path}/export-papers", paper, "buyer")
    must_refuse(refused, refused.status_code, refused.get_json()["code"])
    assert refused.status_code in (403, 409)
    must_refuse(api.post(f"{path}/export-papers", paper, "stranger"), 404, "not_found")
    ahead = paper | {"issued_on": "2099-01-01"}
    must_refuse(api.post(f"{path}/export-papers", ahead, "officer"), 422, "invalid")
    act(api, f"{path}/export-papers", paper, "officer")
    seen = api.get(path, "buyer").get_json()["border"]
    assert (seen["papers"], seen["records"]) == ([paper], False)
    assert act(api, f"{path}/offers", {"terms": TERMS}, "officer")["offer"] == 1


def test_a_deal_at_home_has_no_border(api, deal):
    assert api.get(f"/deals/{deal}", "officer").get_json()["border"] is None
    stated = {"country": "DE"}
    must_refuse(api.post(f"/deals/{deal}/country", stated, "stranger"), 404, "not_found")
    must_refuse(api.post(f"/deals/{deal}/country", {"country": "Deutschland"}, "officer"), 422,
                "invalid")  # fmt: skip
    must_refuse(api.post(f"/deals/{deal}/country", stated, "officer"), 409, "country_stated")
