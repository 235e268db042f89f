"""An organisation registers, is put right, and shows its evidence; its approval steps; how its
people name themselves. All by programs."""

from __future__ import annotations

import hashlib

import pytest

from core.ids import show
from tests.api.conftest import must_refuse
from tests.api.staged import PDF, send
from tests.listings.conftest import FIRM, IDS, INSTITUTE
from tests.pictures import PNG

HOUSE = f"/organisations/{show('organisation', INSTITUTE)}"
OURS = f"/organisations/{show('organisation', FIRM)}"
NEW = {
    "kind": "firm", "name_en": "Kühlwerk GmbH", "original": "en", "country": "DE",
    "register_at_home": "Handelsregister", "number": "HRB 7",
}  # fmt: skip


def tag(answer) -> str:
    return answer.headers["ETag"].strip('"')


def registered(api, who: str = "author", **change: object):
    answer = api.post("/organisations", NEW | change, who)
    assert answer.status_code == 201, answer.text
    return answer


def test_an_organisation_is_registered_and_put_right_while_it_waits(api):
    made = registered(api)
    said = made.get_json()
    path = f"/organisations/{said['organisation']}/application"
    assert (said["state"], said["name_en"], said["number"]) == ("applied", "Kühlwerk GmbH", "HRB 7")
    assert api.get(path, "author").get_json() == said
    assert tag(api.get(path, "author")) == tag(made)
    must_refuse(api.get(path, "officer"), 404, "not_found")
    must_refuse(api.send("PUT", path, NEW, "officer", tag(made)), 404, "not_found")
    other = NEW | {"number": "HRB 8", "website": "https://kuehlwerk.example"}
    put = api.send("PUT", path, other, "author", tag(made))
    assert (put.status_code, put.get_json()["number"]) == (200, "HRB 8"), put.text
    stale = api.send("PUT", path, NEW, "author", tag(made))
    must_refuse(stale, 412, "version_stale")
    assert api.get(path, "author").get_json()["number"] == "HRB 8"
    must_refuse(api.send("PUT", path, NEW | {"kind": "institute"}, "author", tag(put)), 422,
                "invalid")  # fmt: skip
    unversioned = api.call("PUT", path, api.head("author"), json=NEW)
    must_refuse(unversioned, 428, "version_missing")


def test_the_registration_of_a_vetted_organisation_stays(api):
    answer = api.get(f"{HOUSE}/application", "officer")
    must_refuse(answer, 404, "not_found")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name_en": ""}, "names"),
        ({"country": "de"}, "country"),
        ({"register_at_home": ""}, "register"),
        ({"country": "CN", "register_at_home": "", "number": "HRB 7"}, "number"),
        ({"region": "12"}, "region"),
        ({"website": "kuehlwerk"}, "website"),
        ({"state": "vetted"}, "state"),
        ({"kind": "operator"}, "kind"),
    ],
)
def test_what_cannot_be_registered_is_refused_by_field(api, change, field):
    answer = api.post("/organisations", NEW | change, "author")
    assert field in [one["field"] for one in must_refuse(answer, 422, "invalid")["errors"]]


def test_a_repeated_key_registers_once(api):
    key = {"Idempotency-Key": "register-it-once"}
    first = api.post("/organisations", NEW, "author", **key).get_json()
    assert api.post("/organisations", NEW, "author", **key).get_json() == first


def test_evidence_is_handed_in_read_and_taken_back(api, runtime):
    path = f"/organisations/{registered(api).get_json()['organisation']}/documents"
    letter = PDF + b"letter of authority"
    query = {"name": "授权书.pdf", "kind": "authority"}
    must_refuse(send(api, path, letter, "buyer", **query), 404, "not_found")
    assert not runtime.files.path(hashlib.sha256(letter).hexdigest()).exists()
    must_refuse(send(api, path, letter, "author", name="授权书.pdf"), 422, "invalid")
    must_refuse(send(api, path, b"MZ\x90", "author", name="a.exe", kind="other"), 422, "invalid")
    sent = send(api, path, letter, "author", **query)
    assert sent.status_code == 201, sent.text
    [one] = sent.get_json()["items"]
    assert (one["kind"], one["name"], one["size"]) == ("authority", "授权书.pdf", len(letter))
    assert (sent.get_json()["adds"], sent.get_json()["verified"]) == (True, [])
    there = f"{path}/{one['id']}"
    assert api.get(there, "author").data == letter
    for who in ("buyer", "operator"):  # no seat of the operator's is lent to a program
        must_refuse(api.get(path, who), 404, "not_found")
        must_refuse(api.get(there, who), 404, "not_found")
        must_refuse(api.call("DELETE", there, api.head(who)), 404, "not_found")
    assert api.call("DELETE", there, api.head("author")).status_code == 204
    assert api.get(path, "author").get_json()["items"] == []
    must_refuse(api.get(there, "author"), 404, "not_found")


def test_a_document_is_not_read_through_another_organisation(api):
    mine = registered(api).get_json()["organisation"]
    other = registered(api, "buyer", number="HRB 9", distinct=True).get_json()["organisation"]
    sent = send(api, f"/organisations/{mine}/documents", PNG, "author", name="a.png", kind="other")
    id = sent.get_json()["items"][0]["id"]
    must_refuse(api.get(f"/organisations/{other}/documents/{id}", "buyer"), 404, "not_found")
    gone = api.call("DELETE", f"/organisations/{other}/documents/{id}", api.head("buyer"))
    must_refuse(gone, 404, "not_found")


STEP = {"position": 2, "kind": "meeting", "name": "校长办公会", "ways": ["exclusive"],
        "least": {"minor": 100_000_000, "currency": "CNY"}, "days": 10}  # fmt: skip


def test_approval_steps_are_set_read_and_ended(api):
    path = f"{HOUSE}/approval-steps"
    must_refuse(api.post(path, STEP, "author"), 403, "forbidden")
    must_refuse(api.post(path, STEP, "buyer"), 403, "forbidden")
    own = {
        "position": 1,
        "kind": "person",
        "name": "副校长",
        "person": show("person", IDS["author"]),
    }
    for sent in (STEP, own):
        answer = api.post(path, sent, "officer")
        assert answer.status_code == 201, answer.text
    first, second = api.get(path, "author").get_json()["items"]
    assert (first["person"], first["name"]) == (own["person"], "副校长")
    assert {name: second[name] for name in STEP} == STEP
    must_refuse(api.get(path, "buyer"), 403, "forbidden")
    there = f"{path}/{second['id']}"
    must_refuse(api.call("DELETE", there, api.head("author")), 403, "forbidden")
    foreign = f"{OURS}/approval-steps/{second['id']}"
    must_refuse(api.call("DELETE", foreign, api.head("buyer")), 404, "not_found")
    assert [one["ended_at"] for one in api.get(path, "author").get_json()["items"]] == [None, None]
    assert api.call("DELETE", there, api.head("officer")).status_code == 204
    ended = api.get(path, "officer").get_json()["items"]
    assert [bool(one["ended_at"]) for one in ended] == [False, True]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "person"}, "person"),
        ({"kind": "person", "person": show("person", IDS["buyer"])}, "person"),
        ({"name": " "}, "name"),
        ({"least": {"minor": 0, "currency": "CNY"}}, "least"),
        ({"modes": ["nothing"]}, "modes"),
        ({"ways": ["nothing"]}, "ways.0"),
        ({"position": 0}, "position"),
    ],
)
def test_a_step_that_cannot_be_is_refused_by_field(api, change, field):
    answer = api.post(f"{HOUSE}/approval-steps", STEP | change, "officer")
    assert [one["field"] for one in must_refuse(answer, 422, "invalid")["errors"]] == [field]


def test_a_person_says_how_they_are_named(api):
    before = api.get("/me", "author")
    sent = {"name": "季明岚", "latin_name": "Ji Minglan", "language": "en"}
    written = api.send("PUT", "/me", sent, "author", tag(before))
    assert written.status_code == 200, written.text
    said = written.get_json()
    assert {name: said[name] for name in sent} == sent
    must_refuse(api.send("PUT", "/me", sent, "author", tag(before)), 412, "version_stale")
    for wrong in (sent | {"name": " "}, sent | {"language": "fr"}):
        must_refuse(api.send("PUT", "/me", wrong, "author", tag(written)), 422, "invalid")
    assert api.get("/me", "author").get_json() == said
