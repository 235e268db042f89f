"""From an inquiry to an accepted offer and its notice, by programs of both sides."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from accounts.models import Membership, Organisation, Person
from accounts.tokens import revoke_tokens
from core.actor import ANONYMOUS, SYSTEM
from core.ids import show
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.actions.object_to_notice import object_to_notice
from deals.models import Deal, Objection, PublicNotice
from tests.api.conftest import must_refuse
from tests.listings.conftest import FIRM, IDS, INSTITUTE

TERMS = {
    "way": "exclusive",
    "lump_sum": 240_000_000,
    "instalments": [
        {"minor": 100_000_000, "when": "签约后十日"},
        {"minor": 140_000_000, "when": "交付工艺文件后"},
    ],
    "territory": "中国",
    "valid_until": "2026-12-20",
}


@pytest.fixture
def asked(api, market):
    """The listing and an inquiry about it, sent by the firm."""
    listing = show("listing", market.published())
    sent = {
        "listing": listing, "way": "exclusive", "purpose": "手机散热", "timetable": "quarter",
        "name": "冉时雨", "firm": "澄岚热管理有限公司", "mail": "ran@firm.example",
        "budget": {"minor": 200_000_000, "currency": "CNY"},
    }  # fmt: skip
    answer = api.post("/inquiries", sent, "buyer")
    assert answer.status_code == 201, answer.text
    return answer.get_json()


@pytest.fixture
def deal(api, asked):
    answer = api.post(f"/inquiries/{asked['id']}/deal", {}, "officer")
    assert answer.status_code == 201, answer.text
    return answer.get_json()["id"]


def test_a_deal_takes_the_reason_for_its_way_of_finding_the_price(api, asked, executor):
    """Which profiles ask for one is told in `tests/deals/test_outside.py`."""
    path, reason = f"/inquiries/{asked['id']}/deal", "依本校成果转化办法第九条"
    must_refuse(api.post(path, {"mode_reason": "长" * 1001}, "officer"), 422, "invalid")
    act(api, path, {"mode_reason": reason}, "officer")
    with executor.database.read() as session:
        assert session.scalars(select(Deal.mode_reason)).one() == reason
    read = {who: api.get("/deals", who) for who in ("officer", "buyer")}
    assert all(reason not in answer.text for answer in read.values())


def act(api, path: str, body: object, who: str) -> dict:
    answer = api.post(path, body, who)
    assert answer.status_code in (200, 201), answer.text
    return answer.get_json()


def test_an_inquiry_is_answered_talked_about_and_declined(api, asked):
    path = f"/inquiries/{asked['id']}"
    assert "sender" not in asked
    assert (asked["state"], asked["budget"]["minor"]) == ("open", 200_000_000)
    talked = act(api, f"{path}/talks", {"channel": "telephone", "line": "谈了样品"}, "officer")
    assert talked["sender"]["mail"] == "ran@firm.example"
    act(api, f"{path}/answer", {"text": "可以寄样。"}, "officer")
    seen = api.get(path, "buyer").get_json()
    assert [event["kind"] for event in seen["events"]] == ["sent", "answer"]
    assert act(api, f"{path}/refuse", {"reason": "no_capacity"}, "officer")["state"] == "refused"
    must_refuse(api.post(f"{path}/answer", {"text": "晚了"}, "officer"), 409, "inquiry_closed")


def test_inquiries_are_listed_for_both_sides_and_nobody_else(api, asked):
    lines = {who: api.get("/inquiries?state=open", who).get_json()["items"] for who in PEOPLE}
    assert {who: [one["mine"] for one in found] for who, found in lines.items()} == {
        "buyer": [True], "officer": [False], "stranger": [], "colleague": [False],
    }  # fmt: skip
    path = f"/inquiries/{asked['id']}"
    must_refuse(api.get(path, "stranger"), 404, "not_found")
    must_refuse(api.post(f"{path}/answer", {"text": "x"}, "stranger"), 404, "not_found")
    must_refuse(api.post(f"{path}/answer", {"text": "x"}, "buyer"), 403, "forbidden")
    must_refuse(api.post(f"{path}/deal", {}, "buyer"), 403, "forbidden")


PEOPLE = ("buyer", "officer", "stranger", "colleague")


def test_offers_go_to_and_fro_and_one_is_accepted(api, deal):
    path = f"/deals/{deal}"
    first = act(api, f"{path}/offers", {"terms": TERMS}, "buyer")
    assert (first["side"], first["offer"], first["currency"]) == ("buyer", 1, "CNY")
    assert first["offers"][0]["terms"]["instalments"][1]["minor"] == 140_000_000
    late = api.post(f"{path}/offers", {"terms": TERMS}, "officer")
    must_refuse(late, 409, "offer_superseded")
    higher = TERMS | {"lump_sum": 300_000_000, "instalments": []}
    act(api, f"{path}/offers", {"terms": higher, "answering": 1}, "officer")
    must_refuse(api.post(f"{path}/offers/1/accept", {}, "buyer"), 409, "offer_superseded")
    must_refuse(api.post(f"{path}/offers/2/accept", {}, "officer"), 409, "own_offer")
    must_refuse(api.post(f"{path}/offers/2/withdraw", {}, "buyer"), 409, "not_own_offer")
    agreed = act(api, f"{path}/offers/2/accept", {}, "buyer")
    assert (agreed["agreed"], agreed["state"]) == (2, "notice")
    assert agreed["notice"]["state"] == "running"
    assert [row["id"] for row in api.get("/deals", "officer").get_json()["items"]] == [deal]


def test_an_offer_is_withdrawn_and_the_deal_left(api, deal):
    path = f"/deals/{deal}"
    act(api, f"{path}/offers", {"terms": TERMS}, "buyer")
    assert act(api, f"{path}/offers/1/withdraw", {}, "buyer")["offers"][0]["state"] == "withdrawn"
    assert act(api, f"{path}/leave", {"reason": "price"}, "officer")["reason"] == "price"
    must_refuse(api.post(f"{path}/offers", {"terms": TERMS}, "buyer"), 409, "wrong_state_of_deal")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"lump_sum": None, "instalments": []}, "lump_sum"),
        ({"instalments": [{"minor": 5, "when": "签约"}]}, "instalments"),
        ({"royalty": 300}, "royalty_base"),
        ({"currency": "USD"}, "terms.currency"),
        ({"lump_sum": 0}, "terms.lump_sum"),
        ({"valid_until": "2020-01-01"}, "valid_until"),
    ],
)
def test_terms_that_are_none_are_refused_by_field(api, deal, change, field):
    answer = api.post(f"/deals/{deal}/offers", {"terms": TERMS | change}, "buyer")
    assert [one["field"] for one in must_refuse(answer, 422, "invalid")["errors"]] == [field]


STEPPED = TERMS | {
    "royalty": 300, "royalty_base": "net_sales",
    "royalty_steps": {
        "by": "amount", "within": "year",
        "each": [{"above": 100_000_000, "rate": 250}, {"above": 500_000_000, "rate": 0}],
    },
}  # fmt: skip


def stepped(*each: tuple[int, int], **more: object) -> dict:
    steps = [{"above": above, "rate": rate} for above, rate in each]
    return STEPPED | {"royalty_steps": STEPPED["royalty_steps"] | {"each": steps} | more}


def test_steps_of_a_royalty_are_offered_and_read_by_both_sides(api, deal):
    offered = act(api, f"/deals/{deal}/offers", {"terms": STEPPED}, "buyer")
    read = api.get(f"/deals/{deal}", "officer").get_json()
    for seen in (offered, read):
        assert seen["offers"][0]["terms"]["royalty_steps"] == STEPPED["royalty_steps"]
    units = stepped((1000, 0), by="quantity", within="term")
    answered = act(api, f"/deals/{deal}/offers", {"terms": units, "answering": 1}, "officer")
    assert answered["offers"][1]["terms"]["royalty_steps"] == units["royalty_steps"]


@pytest.mark.parametrize(
    ("sent", "field", "said"),
    [
        (stepped((5, 250), (5, 200)), "royalty_steps", "Put the steps in order"),
        (stepped((5, 250), (4, 200)), "royalty_steps", "Put the steps in order"),
        (stepped((5, 300)), "royalty_steps", "A step changes the rate"),
        (stepped((5, 250)) | {"royalty": None, "royalty_base": None}, "royalty_steps",
         "Steps need a royalty"),
        (stepped((0, 250), (9, 100)), "terms.royalty_steps.each.0.above", "must be at least 1."),
        (stepped((5, 10_001), (9, 100)), "terms.royalty_steps.each.0.rate",
         "must be at most 10000."),
        (stepped((5, -1), (9, 100)), "terms.royalty_steps.each.0.rate", "must be at least 0."),
        (stepped(), "terms.royalty_steps.each", "Send at least 1 entries."),
        (stepped(*((n, n) for n in range(1, 8))), "terms.royalty_steps.each",
         "Send at most 6 entries."),
        (stepped((5, 250), within="month"), "terms.royalty_steps.within",
         "Use one of: 'year' or 'term'."),
    ],
)  # fmt: skip
def test_steps_that_are_none_are_refused_with_a_sentence(api, deal, sent, field, said):
    speaks = {"Accept-Language": "en"}
    answer = api.post(f"/deals/{deal}/offers", {"terms": sent}, "buyer", **speaks)
    (error,) = must_refuse(answer, 422, "invalid")["errors"]
    assert error["field"] == field
    assert said in error["detail"]
    assert api.get(f"/deals/{deal}", "buyer").get_json()["offers"] == []


def test_strangers_know_of_no_deal(api, deal):
    must_refuse(api.get(f"/deals/{deal}", "stranger"), 404, "not_found")
    for path, body in [
        ("offers", {"terms": TERMS}), ("offers/1/accept", {}), ("offers/1/withdraw", {}),
        ("leave", {"reason": "price"}), ("questions", {"text": "？"}),
        (f"questions/{'0' * 32}/answer", {"text": "x"}),
        (f"objections/{'0' * 32}/answer", {"outcome": "dismissed", "answer": "x"}),
    ]:  # fmt: skip
        must_refuse(api.post(f"/deals/{deal}/{path}", body, "stranger"), 404, "not_found")
    assert api.get("/deals", "stranger").get_json()["items"] == []


def test_questions_and_the_terms_to_be_accepted(api, deal):
    path = f"/deals/{deal}"
    room = act(api, f"{path}/questions", {"text": "何时可以看样？"}, "buyer")["room"]
    question = room["questions"][0]["id"]
    must_refuse(
        api.post(f"{path}/questions/{question}/answer", {"text": "x"}, "buyer"), 403, "forbidden"
    )
    answered = act(api, f"{path}/questions/{question}/answer", {"text": "下周"}, "officer")
    assert answered["room"]["questions"][0]["answer"] == "下周"
    assert (room["promised"], bool(room["promise"])) == (False, True)
    assert room["closed_at"] is None


def test_an_objection_is_read_and_answered_by_the_seller_alone(api, deal, executor, database):
    path = f"/deals/{deal}"
    act(api, f"{path}/offers", {"terms": TERMS}, "buyer")
    act(api, f"{path}/offers/1/accept", {}, "officer")
    with database.read() as session:
        notice = session.scalars(select(PublicNotice.id)).one()
    executor.run(
        ANONYMOUS, object_to_notice, notice, "某人", "m@x.example", "价格远低于同类许可的水平。"
    )
    with database.read() as session:
        objection = session.scalars(select(Objection.id)).one()
    assert "objections" not in api.get(path, "buyer").get_json()
    assert api.get(path, "officer").get_json()["objections"][0]["id"] == objection
    answer = {"outcome": "dismissed", "answer": "已核实，价格依据充分。"}
    there = f"{path}/objections/{objection}/answer"
    must_refuse(api.post(there, answer, "buyer"), 404, "not_found")
    assert act(api, there, answer, "officer")["objections"][0]["state"] == "dismissed"


def test_an_export_holds_all_of_the_organisation_and_nothing_of_others(api, deal, market):
    market.draft(registration=None)
    own = show("organisation", INSTITUTE)
    answer = api.get(f"/organisations/{own}/export", "officer")
    lines = [line for line in answer.text.splitlines() if line]
    kinds = [line.split('"type": "')[1].split('"')[0] for line in lines]
    assert kinds == ["member"] * 3 + ["listing"] * 2 + ["inquiry", "deal"]
    must_refuse(api.get(f"/organisations/{own}/export", "author"), 403, "forbidden")
    must_refuse(api.get(f"/organisations/{own}/export", "buyer"), 403, "forbidden")
    firm = api.get(f"/organisations/{show('organisation', FIRM)}/export", "buyer").text
    assert firm.count('"type": "deal"') == 1


CUT_OFF = {"type": "cut_off", "data": {"code": "forbidden"}}


def end_seat(uow: UnitOfWork, person: str) -> Done:
    at = uow.lock(Organisation, INSTITUTE)
    uow.session.get_one(Membership, person).ends_at = at.now
    at.record("member_ended")
    return Done()


def end_role(uow: UnitOfWork, person: str) -> Done:
    at = uow.lock(Organisation, INSTITUTE)
    uow.session.get_one(Membership, person).roles = ["researcher"]
    at.record("roles_changed")
    return Done()


def end_token(uow: UnitOfWork, person: str) -> Done:
    at = uow.lock(Person, person)
    revoke_tokens(at, at.now)
    return Done()


@pytest.mark.parametrize("ends", [end_seat, end_role, end_token])
def test_an_export_that_is_being_written_ends_with_the_right_to_it(api, executor, market, ends):
    for _ in range(51):
        market.draft(registration=None)
    path = f"/api/v1/organisations/{show('organisation', INSTITUTE)}/export"
    sent = api.client.get(path, headers=api.head("officer"), buffered=False)
    lines = sent.iter_encoded()
    begun = [json.loads(next(lines))["type"] for _ in range(53)]
    assert begun == ["member"] * 3 + ["listing"] * 50
    executor.run(SYSTEM, ends, IDS["officer"])
    assert [json.loads(line) for line in lines] == [CUT_OFF]
