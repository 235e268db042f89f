"""An organisation's profile, members and units by programs; what people alone do is refused."""

from __future__ import annotations

import hashlib

import pytest
from sqlalchemy import select

from accounts.models import Invitation, Membership
from core.ids import show
from tests.api.conftest import must_refuse
from tests.listings.conftest import FIRM, IDS, INSTITUTE
from tests.pictures import picture
from webapp.api.schemas.members import SEAT
from webapp.downloads import OCTETS

HOUSE = f"/organisations/{show('organisation', INSTITUTE)}"
OURS = f"/organisations/{show('organisation', FIRM)}"
LOGO = picture(size=(6, 6))  # files are kept by their octets, whoever sent them before
PROFILE = {
    "intro_zh": "做散热材料。", "fields": ["H", "C"], "website": "https://firm.example",
    "contact_name": "冉时雨", "contact_mail": "ran@firm.example",
}  # fmt: skip


def tag(answer) -> str:
    return answer.headers["ETag"].strip('"')


def test_the_public_page_is_written_by_its_administrators(api):
    path = f"{OURS}/profile"
    before = api.get(path, "buyer")
    assert before.get_json()["intro_zh"] == ""
    written = api.send("PUT", path, PROFILE, "buyer", tag(before))
    assert written.status_code == 200, written.text
    assert tag(written) == tag(api.get(path, "buyer")) != tag(before)
    seen = api.get(OURS).get_json()
    assert (seen["intro"], seen["fields"]) == ({"zh": "做散热材料。"}, ["C", "H"])
    must_refuse(api.send("PUT", path, {}, "buyer", tag(before)), 412, "version_stale")
    assert api.get(OURS).get_json()["contact_name"] == "冉时雨"
    for who in ("officer", "stranger"):
        must_refuse(api.get(path, who), 403, "forbidden")
        must_refuse(api.send("PUT", path, PROFILE, who, tag(written)), 403, "forbidden")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"website": "firm.example"}, "website"),
        ({"fields": ["Z"]}, "fields"),
        ({"ror": "nothing"}, "ror"),
        ({"intro_en": "x" * 2001}, "intro_en"),
        ({"contact_name": "\x00"}, "contact_name"),
        ({"name": "另一个名字"}, "name"),
    ],
)
def test_what_cannot_stand_there_is_refused_by_field(api, change, field):
    version = tag(api.get(f"{OURS}/profile", "buyer"))
    answer = api.send("PUT", f"{OURS}/profile", PROFILE | change, "buyer", version)
    assert [one["field"] for one in must_refuse(answer, 422, "invalid")["errors"]] == [field]


def logo(api, who: str, octets: bytes = LOGO, name: str = "logo.png"):
    head = api.head(who, **{"Idempotency-Key": "logo-of-the-firm"})
    sent = {"content_type": OCTETS, "query_string": {"name": name}}
    return api.call("POST", f"{OURS}/logo", head, data=octets, **sent)


def test_a_logo_is_shown_and_taken_off(api, runtime):
    must_refuse(api.get(f"{OURS}/logo"), 404, "not_found")
    must_refuse(logo(api, "officer"), 403, "forbidden")
    assert not runtime.files.path(hashlib.sha256(LOGO).hexdigest()).exists()
    must_refuse(logo(api, "buyer", b"%PDF-1.7", "logo.pdf"), 422, "invalid")
    assert logo(api, "buyer").get_json()["logo"].endswith(f"{OURS}/logo")
    assert api.get(f"{OURS}/logo").data == LOGO
    assert api.call("DELETE", f"{OURS}/logo", api.head("buyer")).status_code == 204
    assert api.get(OURS).get_json()["logo"] is None


def test_members_are_seen_by_members_and_more_by_administrators(api):
    for who, relation in (("author", "member"), ("officer", "admin")):
        items = api.get(f"{HOUSE}/members", who).get_json()["items"]
        assert [set(one) for one in items] == [SEAT.of[relation]] * 3, who
    must_refuse(api.get(f"{HOUSE}/members", "buyer"), 403, "forbidden")


def test_light_roles_are_offered_and_taken_back(api, database):
    path = f"{HOUSE}/invitations"
    sent = {"contact": "lu@uni.example", "roles": ["researcher"]}
    must_refuse(api.post(path, sent, "author"), 403, "forbidden")
    answer = api.post(path, sent, "officer")
    assert answer.status_code == 201, answer.text
    [invited] = answer.get_json()["items"]
    assert (invited["sent_to"], invited["roles"]) == ("lu…@uni.example", ["researcher"])
    there = f"{path}/{invited['id']}"
    for who in ("author", "buyer"):
        must_refuse(api.call("DELETE", there, api.head(who)), 403, "forbidden")
        must_refuse(api.get(path, who), 403, "forbidden")
    foreign = f"{OURS}/invitations/{invited['id']}"
    must_refuse(api.call("DELETE", foreign, api.head("buyer")), 404, "not_found")
    assert api.call("DELETE", there, api.head("officer")).status_code == 204
    assert api.get(path, "officer").get_json()["items"] == []
    with database.read() as session:
        assert session.scalars(select(Invitation.withdrawn_at)).one() is not None


def test_what_weighs_much_is_done_on_the_page(api, database):
    """A token shows nobody's face: roles that open doors and ends of memberships are people's."""
    sent = {"contact": "lu@uni.example", "roles": ["researcher", "tto_officer"]}
    seats = {"author": seat(database, "author"), "buyer": seat(database, "buyer")}
    refused = [
        api.post(f"{HOUSE}/invitations", sent, "officer"),
        api.post(f"{HOUSE}/members/{seats['author']}/roles", {"roles": ["expert"]}, "officer"),
        api.post(f"{HOUSE}/members/{seats['author']}/end", {}, "officer"),
    ]
    for answer in refused:
        said = must_refuse(answer, 403, "proof_needed")["detail"]
        assert f"{HOUSE}/members" in said
    foreign = f"{HOUSE}/members/{seats['buyer']}"
    must_refuse(api.post(f"{foreign}/end", {}, "officer"), 404, "not_found")
    must_refuse(api.post(f"{HOUSE}/members/{seats['author']}/end", {}, "author"), 403, "forbidden")
    with database.read() as session:
        assert session.scalars(select(Invitation.id)).all() == []
        rows = session.scalars(select(Membership).where(Membership.person == IDS["author"]))
        assert [(row.roles, row.ends_at) for row in rows] == [(["researcher"], None)]


def seat(database, name: str) -> str:
    with database.read() as session:
        return session.scalars(select(Membership.id).where(Membership.person == IDS[name])).one()


def test_who_asks_to_join_is_admitted_with_light_roles(api, database):
    path = f"{HOUSE}/join-requests"
    assert api.post(path, {"note": "课题组成员"}, "contributor").status_code == 204
    must_refuse(api.post(path, {}, "contributor"), 409, "already_asked")
    [asked] = api.get(path, "officer").get_json()["items"]
    assert (asked["name"], asked["note"]) == ("contributor", "课题组成员")
    there = f"{path}/{asked['id']}/answer"
    light, heavy = ({"answer": "accept", "roles": [role]} for role in ("researcher", "tto_officer"))
    must_refuse(api.get(path, "author"), 403, "forbidden")
    must_refuse(api.post(there, light, "author"), 403, "forbidden")
    must_refuse(api.post(there, heavy, "officer"), 403, "proof_needed")
    foreign = f"{OURS}/join-requests/{asked['id']}/answer"
    must_refuse(api.post(foreign, light, "buyer"), 404, "not_found")
    once = {"Idempotency-Key": "the-same-answer"}
    for _ in range(2):
        admitted = api.post(there, light, "officer", **once)
        assert admitted.status_code == 200, admitted.text
    named = {one["name"]: one["roles"] for one in admitted.get_json()["items"]}
    assert named["contributor"] == ["researcher"]
    refuse = api.post(there, {"answer": "refuse"}, "officer")
    must_refuse(refuse, 409, "organisation_step_not_possible")


def test_an_heir_is_named_among_colleagues(api):
    path = f"{HOUSE}/heir"
    assert api.get(path, "officer").get_json() == {"person": None}
    author = show("person", IDS["author"])
    assert api.post(path, {"person": author}, "officer").get_json() == {"person": author}
    stranger = {"person": show("person", IDS["stranger"])}
    must_refuse(api.post(path, stranger, "officer"), 422, "invalid")
    must_refuse(api.post(path, {"person": author}, "author"), 403, "forbidden")
    assert api.post(path, {"person": None}, "officer").get_json() == {"person": None}


def test_units_are_kept_by_administrators_and_people_placed(api, database):
    path, sent = f"{HOUSE}/units", {"kind": "department", "name": "材料学院"}
    must_refuse(api.post(path, sent, "author"), 403, "forbidden")
    answer = api.post(path, sent, "officer")
    assert answer.status_code == 201, answer.text
    [unit] = answer.get_json()["items"]
    must_refuse(api.post(path, sent, "officer"), 422, "invalid")
    there = f"{path}/{unit['id']}"
    new = {"kind": "branch", "name": "材料研究院", "name_en": "Materials Institute"}
    must_refuse(api.send("PUT", there, new, "author", unit["version"]), 403, "forbidden")
    edited = api.send("PUT", there, new, "officer", unit["version"])
    assert edited.get_json()["name_en"] == "Materials Institute"
    must_refuse(api.send("PUT", there, sent, "officer", unit["version"]), 412, "version_stale")
    assert tag(edited) == tag(api.get(there, "author"))
    place = f"{HOUSE}/members/{seat(database, 'author')}/unit"
    must_refuse(api.post(place, {"unit": unit["id"]}, "author"), 403, "forbidden")
    placed = api.post(place, {"unit": unit["id"]}, "officer").get_json()["items"]
    assert {one["name"]: one["unit"] for one in placed} == {
        "author": unit["id"], "officer": None, "colleague": None,
    }  # fmt: skip
    must_refuse(api.post(place, {"unit": "0" * 32}, "officer"), 422, "invalid")
    foreign = f"{OURS}/units/{unit['id']}"
    must_refuse(api.post(f"{foreign}/close", {}, "buyer"), 404, "not_found")
    must_refuse(api.post(f"{there}/close", {}, "author"), 403, "forbidden")
    assert api.post(f"{there}/close", {}, "officer").get_json()["closed_at"] is not None
    must_refuse(api.get(path, "buyer"), 403, "forbidden")
