"""A room's terms, people and files, objections that a clerk enters, and an office's queue."""

from __future__ import annotations

import pytest

from accounts.units.actions.add_unit import add_unit
from core.ids import PREFIXES, show
from tests.api.conftest import must_refuse
from tests.api.staged import PDF, send
from tests.api.test_deals import asked, deal
from tests.api.test_notices import noticed
from tests.listings.conftest import IDS, INSTITUTE

__all__ = ["asked", "deal", "noticed"]


def tag(answer) -> str:
    return answer.headers["ETag"].strip('"')


def test_the_owner_words_the_terms_anew(api, deal):
    path = f"/deals/{deal}/room-terms"
    before = api.get(path, "officer")
    assert before.status_code == 200, before.text
    assert before.get_json()["zh"]
    must_refuse(api.get(path, "buyer"), 403, "forbidden")
    must_refuse(api.get(path, "stranger"), 404, "not_found")
    sent = {"zh": "双方对资料保密五年。", "en": ""}
    must_refuse(api.send("PUT", path, sent, "buyer", tag(before)), 403, "forbidden")
    written = api.send("PUT", path, sent, "officer", tag(before))
    assert written.status_code == 200, written.text
    assert {name: written.get_json()[name] for name in sent} == sent
    assert int(tag(written)) == int(tag(before)) + 1
    must_refuse(api.send("PUT", path, sent, "officer", tag(before)), 412, "version_stale")
    for wrong in ({}, {"zh": " "}, {"zh": "x" * 8001}):
        must_refuse(api.send("PUT", path, wrong, "officer", tag(written)), 422, "invalid")
    room = api.get(f"/deals/{deal}", "buyer").get_json()["room"]
    assert (room["promise"], room["promised"]) == (sent["zh"], False)


def test_a_colleague_is_let_in_and_let_in_no_longer(api, deal):
    path, colleague = f"/deals/{deal}/room-people", show("person", IDS["author"])
    seen = api.get(path, "officer").get_json()
    assert colleague in [one["person"] for one in seen["colleagues"]]
    must_refuse(api.get(path, "stranger"), 404, "not_found")
    nobody = {"person": f"{PREFIXES['person']}_{'0' * 32}"}
    must_refuse(api.post(path, nobody, "officer"), 422, "room_no_colleague")
    must_refuse(api.post(path, {"person": show("person", IDS["buyer"])}, "officer"), 422,
                "room_no_colleague")  # fmt: skip
    let = api.post(path, {"person": colleague}, "officer")
    assert let.status_code == 201, let.text
    [member] = [one for one in let.get_json()["members"] if one["person"] == colleague]
    assert (member["side"], member["may_end"], member["until"]) == ("seller", True, None)
    there = f"{path}/{member['id']}"
    must_refuse(api.call("DELETE", there, api.head("buyer")), 403, "forbidden")
    must_refuse(api.call("DELETE", there, api.head("stranger")), 404, "not_found")
    assert api.call("DELETE", there, api.head("officer")).status_code == 204
    after = api.get(path, "officer").get_json()["members"]
    assert [bool(one["until"]) for one in after if one["person"] == colleague] == [True]


def test_a_colleague_who_was_let_in_reaches_the_room_and_no_more_of_the_deal(api, deal):
    here, who = f"/deals/{deal}", "author"
    must_refuse(api.get(f"{here}/room", who), 404, "not_found")
    let = api.post(f"{here}/room-people", {"person": show("person", IDS[who])}, "officer")
    [entry] = [one["id"] for one in let.get_json()["members"] if one["person"]]
    theirs = send(api, f"{here}/files", PDF, "buyer", name="需求.pdf", level="both")
    assert theirs.status_code == 201, theirs.text
    seen = api.get(f"{here}/room", who).get_json()
    assert (seen["deal"], seen["room"]["side"]) == (deal, "seller")
    assert seen["url"].endswith(f"/deals/{deal}/files")
    [file] = seen["room"]["files"]
    assert api.get(f"{here}/files/{file['id']}", who).data == PDF
    assert api.get(f"{here}/room-people", who).status_code == 200
    must_refuse(api.get(f"{here}/room-terms", who), 403, "forbidden")
    must_refuse(api.post(f"{here}/room-people", {"person": show("person", IDS["officer"])}, who),
                403, "forbidden")  # fmt: skip
    asked_about = api.post(f"{here}/questions", {"text": "产线几条？"}, who)
    assert [one["text"] for one in asked_about.get_json()["room"]["questions"]] == ["产线几条？"]
    own = send(api, f"{here}/files", PDF, who, name="样品.pdf", level="both")
    assert len(own.get_json()["room"]["files"]) == 2
    must_refuse(api.get(here, who), 404, "not_found")
    must_refuse(api.post(f"{here}/leave", {"reason": "price"}, who), 404, "not_found")
    assert api.call("DELETE", f"{here}/room-people/{entry}", api.head("officer")).status_code == 204
    must_refuse(api.get(f"{here}/room", who), 404, "not_found")
    must_refuse(api.get(f"{here}/files/{file['id']}", who), 404, "not_found")


def test_both_sides_read_the_room_as_in_the_deal(api, deal):
    for who in ("officer", "buyer"):
        alone = api.get(f"/deals/{deal}/room", who).get_json()
        assert alone["room"] == api.get(f"/deals/{deal}", who).get_json()["room"]
    must_refuse(api.get(f"/deals/{deal}/room", "stranger"), 404, "not_found")


def test_a_side_takes_out_what_it_put_in(api, deal):
    path = f"/deals/{deal}/files"
    sent = send(api, path, PDF, "officer", name="工艺.pdf", level="both")
    [file] = sent.get_json()["room"]["files"]
    there = f"{path}/{file['id']}"
    must_refuse(api.call("DELETE", there, api.head("buyer")), 403, "forbidden")
    must_refuse(api.call("DELETE", there, api.head("stranger")), 404, "not_found")
    assert api.call("DELETE", there, api.head("officer")).status_code == 204
    assert api.get(f"/deals/{deal}", "buyer").get_json()["room"]["files"] == []


def test_a_clerk_enters_what_came_by_letter(api, noticed):
    path, _ = noticed
    got = {"channel": "letter", "received_on": "2026-11-23", "name": "某人",
           "contact": "杭州市某路1号", "text": "公示的价格远低于同类许可的水平。"}  # fmt: skip
    there = f"{path}/objections"
    must_refuse(api.post(there, got, "buyer"), 403, "forbidden")
    must_refuse(api.post(there, got, "stranger"), 404, "not_found")
    for wrong in ({"received_on": "2099-01-01"}, {"channel": "rumour"}, {"text": "短"}):
        must_refuse(api.post(there, got | wrong, "officer"), 422, "invalid")
    entered = api.post(there, got, "officer")
    assert entered.status_code == 201, entered.text
    [objection] = entered.get_json()["objections"]
    assert {name: objection[name] for name in got} == got


@pytest.fixture
def waiting(api, market) -> str:
    return f"/listings/{show('listing', market.published())}"


def test_an_office_gives_places_and_reminds(api, market, waiting, executor, people):
    unit = executor.run(people.officer, add_unit, INSTITUTE, "department", "材料处").ref
    for path, body in (
        ("handler", {"person": show("person", IDS["officer"])}),
        ("handler", {"person": None}),
        ("unit", {"unit": unit}),
        ("unit", {"unit": None}),
        ("reminder", {}),
    ):
        there = f"{waiting}/{path}"
        assert api.post(there, body, "author").status_code == 403
        assert api.post(there, body, "buyer").status_code in (403, 404)
        answer = api.post(there, body, "officer")
        assert answer.status_code == 204, answer.text
    must_refuse(api.post(f"{waiting}/reminder", {}, "officer"), 409, "listing_reminded_already")
    outside = {"person": show("person", IDS["buyer"])}
    must_refuse(api.post(f"{waiting}/handler", outside, "officer"), 422, "invalid")
    must_refuse(api.post(f"{waiting}/unit", {"unit": "0" * 32}, "officer"), 422, "invalid")
