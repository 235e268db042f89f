"""A need's life, by programs of the firm that looks for it."""

from __future__ import annotations

from core.ids import show
from tests.api.conftest import must_refuse
from tests.listings.conftest import FIRM

OWNER = show("organisation", FIRM)
NEED = {
    "language": "zh", "title": "车载散热", "summary": "要薄于0.2毫米。",
    "budget_high": {"minor": 100000000, "currency": "CNY"}, "fields": ["H05"],
}  # fmt: skip


def drafted(api, **more):
    answer = api.post("/needs", {"owner": OWNER, "need": NEED | more}, "buyer")
    assert answer.status_code == 201, answer.text
    return answer


def test_from_a_draft_to_a_match(api):
    made = drafted(api)
    need, tag = made.get_json()["id"], made.headers["ETag"].strip('"')
    must_refuse(api.get(f"/needs/{need}"), 404, "not_found")
    must_refuse(api.post(f"/needs/{need}/publish", {}, "stranger"), 404, "not_found")
    changed = api.send("PUT", f"/needs/{need}", NEED | {"title": "车载控制器散热"}, "buyer", tag)
    assert changed.get_json()["title"] == "车载控制器散热"
    must_refuse(api.send("PUT", f"/needs/{need}", NEED, "buyer", tag), 412, "version_stale")
    assert api.post(f"/needs/{need}/publish", {}, "buyer").get_json()["state"] == "published"
    assert [row["id"] for row in api.get("/needs").get_json()["items"]] == [need]
    assert api.get(f"/needs?owner={OWNER}").get_json()["items"][0]["owner"] == OWNER
    done = api.post(f"/needs/{need}/withdraw", {"matched": True}, "buyer").get_json()
    assert done["state"] == "matched"
    assert api.post(f"/needs/{need}/reopen", {}, "buyer").get_json()["state"] == "draft"


def test_an_anonymous_need_names_nobody_to_strangers(api):
    need = drafted(api, anonymous=True, contact_name="冉时雨").get_json()["id"]
    api.post(f"/needs/{need}/publish", {}, "buyer")
    seen = api.get(f"/needs/{need}", "stranger").get_json()
    assert (seen["owner"], seen["owner_name"], seen["contact_name"]) == (None, None, None)
    assert api.get("/needs", "stranger").get_json()["items"][0]["owner"] is None
    assert api.get(f"/needs?owner={OWNER}", "stranger").get_json()["items"] == []
    assert api.get(f"/needs?owner={OWNER}", "buyer").get_json()["items"][0]["owner"] == OWNER


def test_a_confidential_need_is_its_owners(api):
    need = drafted(api, confidential=True).get_json()["id"]
    api.post(f"/needs/{need}/publish", {}, "buyer")
    must_refuse(api.get(f"/needs/{need}", "stranger"), 404, "not_found")
    assert api.get("/needs", "stranger").get_json()["items"] == []
    assert api.get(f"/needs/{need}", "buyer").get_json()["confidential"] is True


def test_rules_speak_by_field(api):
    late = {"owner": OWNER, "need": NEED | {"deadline": "2020-01-01"}}
    refused = must_refuse(
        api.post("/needs", late, "buyer", **{"Accept-Language": "en"}), 422, "invalid"
    )
    assert refused["errors"][0]["field"] == "deadline"
    assert "later day" in refused["errors"][0]["detail"]
