"""What stands beside a listing, by programs: pictures, register, valuations, packages, links."""

from __future__ import annotations

import hashlib

import pytest

from core.ids import show
from tests.api.conftest import must_refuse
from tests.listings.conftest import INSTITUTE
from tests.pictures import PNG
from webapp.downloads import OCTETS

PDF = b"%PDF-1.7\n" + "评估报告".encode()
OWN = {
    "methods": ["income_approach", "cost_approach"], "value": 240_000_000,
    "valued_on": "2026-11-01", "valid_until": "2027-10-31",
}  # fmt: skip


@pytest.fixture
def send(api):
    """Posts octets to a path; `more` is the query."""
    keys = iter(range(1_000))

    def post(path: str, octets: bytes, who: str | None, **more: object):
        head = api.head(who, **{"Idempotency-Key": f"file-number-{next(keys)}"})
        sent = {"data": octets, "content_type": OCTETS, "query_string": more}
        return api.call("POST", path, head, **sent)

    return post


@pytest.fixture
def published(market) -> str:
    return f"/listings/{show('listing', market.published())}"


def test_a_picture_is_shown_to_whoever_reads(api, send, published, runtime):
    path, digest = f"{published}/pictures", hashlib.sha256(PNG).hexdigest()
    for who in ("author", "buyer", "stranger"):
        refused = send(path, PNG, who, name="a.png")
        assert refused.status_code in (403, 404), who
    assert not runtime.files.path(digest).exists()
    added = send(path, PNG, "officer", name="样膜.png", caption_zh="样膜", caption_en="Sample")
    assert added.status_code == 201, added.text
    seen = api.get(path).get_json()["items"]
    assert [(one["sha256"], one["caption"]) for one in seen] == [(digest, "样膜")]
    assert api.get(published).get_json()["pictures"] == seen
    picture = api.get(f"{path}/{digest}")
    assert (picture.data, picture.mimetype) == (PNG, OCTETS)
    must_refuse(send(path, PDF, "officer", name="a.pdf"), 422, "invalid")
    must_refuse(api.get(f"{path}/{'0' * 64}"), 404, "not_found")
    must_refuse(api.call("DELETE", f"{path}/{digest}", api.head("stranger")), 403, "forbidden")
    assert api.call("DELETE", f"{path}/{digest}", api.head("officer")).status_code == 204
    assert api.get(path).get_json() == {"items": []}


def test_pictures_of_a_draft_are_its_readers(api, send, market):
    path = f"/listings/{show('listing', market.draft())}/pictures"
    digest = hashlib.sha256(PNG).hexdigest()
    assert send(path, PNG, "author", name="a.png").status_code == 201
    assert api.get(f"{path}/{digest}", "officer").data == PNG
    for who in (None, "stranger", "buyer"):
        must_refuse(api.get(path, who), 404, "not_found")
        must_refuse(api.get(f"{path}/{digest}", who), 404, "not_found")


def test_the_register_is_read_and_edited_under_one_etag(api, published):
    first = api.get(f"{published}/register", "officer")
    assert (first.get_json()["co_owners"], first.get_json()["rights"]) == ([], [])
    version = first.headers["ETag"].strip('"')
    right = {"starts": "2026-01-01", "way": "ordinary", "holder_name": "某厂", "territory": "中国"}
    change = {"asset": {"rights": [right], "co_owners": [{"name": "合作研究所", "share_bp": 3000}]}}
    assert api.send("PATCH", published, change, "officer", version).status_code == 200
    must_refuse(api.send("PATCH", published, change, "officer", version), 412, "version_stale")
    seen = api.get(f"{published}/register", "officer").get_json()
    assert [(one["holder_name"], one["declared"]) for one in seen["rights"]] == [("某厂", True)]
    for who in (None, "buyer", "stranger"):
        answer = api.get(f"{published}/register", who)
        must_refuse(answer, *((404, "not_found") if who else (401, "token_missing")))
    n = seen["co_owners"][0]["n"]
    path, day = f"{published}/co-owners/{n}/consent", {"consented_on": "2026-11-02"}
    noted = api.post(path, day, "officer").get_json()
    assert noted["co_owners"][0]["consented_on"] == "2026-11-02"
    must_refuse(api.post(path, day, "author"), 403, "forbidden")
    must_refuse(api.post(path, day, "stranger"), 403, "forbidden")
    must_refuse(api.post(f"{published}/co-owners/{n + 1}/consent", day, "officer"), 404,
                "not_found")  # fmt: skip
    ahead = {"consented_on": "2099-01-01"}
    must_refuse(api.post(path, ahead, "officer"), 422, "invalid")


def test_a_valuation_is_filed_with_or_without_a_report(api, send, published, runtime):
    path = f"{published}/valuations"
    own = api.post(path, OWN, "officer")
    assert own.status_code == 201, own.text
    [kept] = own.get_json()["valuations"]
    assert (kept["value"], kept["report"]) == ({"minor": 240_000_000, "currency": "CNY"}, False)
    made = OWN | {"provider": "某资产评估公司", "appraisers": ["甲", "乙"], "number": "评字1号"}
    refused = must_refuse(api.post(path, made, "officer"), 422, "invalid")
    assert [one["field"] for one in refused["errors"]] == ["report"]
    with_report = f"{published}/valuation-reports"
    for who in ("author", "buyer", "stranger"):
        answer = send(with_report, PDF, who, name="报告.pdf", **made)
        assert answer.status_code in (403, 404), who
        assert api.post(path, OWN, who).status_code in (403, 404), who
    assert not runtime.files.path(hashlib.sha256(PDF).hexdigest()).exists()
    must_refuse(send(with_report, PNG, "officer", name="a.png", **made), 422, "invalid")
    filed = send(with_report, PDF, "officer", name="报告.pdf", **made)
    assert filed.status_code == 201, filed.text
    newest = filed.get_json()["valuations"][0]
    assert (newest["appraisers"], newest["report"]) == (["甲", "乙"], True)
    there = f"{path}/{newest['n']}/report"
    assert api.get(there, "author").data == PDF
    for who in ("buyer", "stranger"):
        must_refuse(api.get(there, who), 404, "not_found")
    must_refuse(api.get(f"{path}/{kept['n']}/report", "officer"), 404, "not_found")


def test_a_package_is_filled_from_its_choices(api, market):
    part = market.draft(registration=None)
    draft = {
        "owner": show("organisation", INSTITUTE), "kind": "package",
        "text": {"language": "zh", "title": "散热膜成套技术", "value_line": "成套。"},
    }  # fmt: skip
    made = api.post("/listings", draft, "officer")
    assert made.status_code == 201, made.text
    package = made.get_json()["id"]
    path = f"/listings/{package}"
    choices = api.get(f"{path}/member-choices", "officer")
    [choice] = choices.get_json()["items"]
    assert choice["chosen"] is False
    version = choices.headers["ETag"].strip('"')
    change = {"asset": {"members": [choice["asset"]]}}
    filled = api.send("PATCH", path, change, "officer", version).get_json()
    assert [one["listing"] for one in filled["members"]] == [show("listing", part)]
    assert api.get(f"{path}/member-choices", "officer").get_json()["items"][0]["chosen"] is True
    single = f"/listings/{show('listing', part)}/member-choices"
    must_refuse(api.get(single, "officer"), 404, "not_found")
    must_refuse(api.get(f"{path}/member-choices", "stranger"), 404, "not_found")


def test_links_are_ones_own(api, app, published):
    first, again = (api.post(f"{published}/share", {}, "buyer") for _ in range(2))
    assert first.status_code == 201, first.text
    assert first.get_json()["code"] == again.get_json()["code"]
    assert app.test_client().get(f"/s/{first.get_json()['code']}").status_code == 302
    [kept] = api.get("/shares", "buyer").get_json()["items"]
    assert (kept["item"], kept["visits"]) == (published.removeprefix("/listings/"), 1)
    assert api.get("/shares", "stranger").get_json()["items"] == []


def test_a_draft_is_no_strangers_to_pass_on(api, market):
    path = f"/listings/{show('listing', market.draft())}/share"
    must_refuse(api.post(path, {}, "stranger"), 404, "not_found")


def test_a_contributor_confirms_the_share_they_saw(api, market):
    path = f"/listings/{show('listing', market.submitted())}/confirm-share"
    must_refuse(api.post(path, {"share_bp": 5000}, "contributor"), 409, "share_not_yours")
    must_refuse(api.post(path, {"share_bp": 4000}, "buyer"), 404, "not_found")
    listing = path.removesuffix("/confirm-share")
    before = api.get(listing, "contributor").get_json()["contributors"]
    assert [one["confirmed"] for one in before] == [True, False]
    seen = api.post(path, {"share_bp": 4000}, "contributor").get_json()["contributors"]
    assert [one["confirmed"] for one in seen] == [True, True]
