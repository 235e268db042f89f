"""Approval steps and who comes first, by programs: papers are filed, what nothing but its person
shows is refused."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest

from core.actor import SYSTEM
from core.ids import show
from core.results import Done
from core.unit_of_work import UnitOfWork
from listings.models import Asset, Contributor
from tests.api.conftest import must_refuse
from tests.api.staged import PDF, programs, send
from tests.contracts.conftest import desk
from tests.deals.conftest import stage
from tests.deals.deciding.conftest import MEETING, gate, house, makers
from tests.deals.preemption.conftest import firsts
from tests.pictures import PNG
from webapp.api.schemas.decisions import DECISION, PREEMPTION

__all__ = ["desk", "firsts", "house", "makers", "programs", "stage"]
RECEIPT = PDF + "回执".encode()
MINUTES = PDF + "第二份".encode()
"""Of one test: files stay from one test to the next."""
PASSED = {"name": "纪要.pdf", "outcome": "passed", "held_on": "2026-11-01", "number": "第18号"}


@pytest.fixture
def decided(house, programs) -> str:
    """The path of a decision in two steps: the scholar's own, and a meeting's."""
    house.sets(gate(1), MEETING)
    return f"/deals/{show('deal', house.agreed())}/decision"


def steps(api, path: str, who: str = "officer") -> list[dict]:
    return api.get(path, who).get_json()["steps"]


def test_each_reads_its_own_part(programs, decided):
    side = programs.get(decided, "officer").get_json()
    assert set(side) == DECISION.of["side"]
    assert [(one["kind"], one["asked"]) for one in side["steps"]] == [
        ("person", True), ("meeting", False),
    ]  # fmt: skip
    mine = steps(programs, decided, "scholar")[0]
    assert (mine["acts"], side["steps"][0]["acts"]) == (["page"], [])
    waiting = programs.get("/decision-steps", "scholar").get_json()["items"]
    assert [one["step"] for one in waiting] == [mine["id"]]
    assert programs.get("/decision-steps", "officer").get_json()["items"] == []
    for who in ("buyer", "stranger"):
        must_refuse(programs.get(decided, who), 404, "not_found")


def plant_outsider(uow: UnitOfWork) -> Done:
    """A contributor from another house."""
    at = uow.lock(Asset, "asset")
    at.add(Contributor(asset="asset", position=9, name="校外合作者", person="stranger"))
    at.record("planted")
    return Done()


def test_whoever_is_asked_from_outside_sees_their_own_step_alone(programs, house, makers):
    house.stage.executor.run(SYSTEM, plant_outsider)
    house.sets(gate(kind="contributors", name="完成人", person=None))
    path = f"/deals/{show('deal', house.agreed())}/decision"
    seen = programs.get(path, "stranger").get_json()
    assert set(seen) == DECISION.of["named"]
    assert [(one["name"], one["acts"]) for one in seen["steps"]] == [("校外合作者", ["page"])]
    other = next(one for one in steps(programs, path) if one["name"] != "校外合作者")
    there = f"{path}/{other['id']}/paper"
    must_refuse(send(programs, there, PDF, "stranger", **PASSED), 404, "not_found")
    sheet = path.replace("/decision", "/approval-sheet")
    must_refuse(programs.get(sheet, "stranger"), 403, "forbidden")


def test_a_decision_of_ones_own_is_given_on_the_page(programs, decided):
    own = steps(programs, decided)[0]
    there = f"{decided}/{own['id']}"
    asked = programs.post(f"{there}/decide", {}, "scholar")
    assert decided in must_refuse(asked, 403, "proof_needed")["detail"]
    must_refuse(send(programs, f"{there}/paper", PDF, "scholar", **PASSED), 403, "proof_needed")
    refused = {"note": "价格低", "held_on": "2026-11-01"}
    must_refuse(programs.post(f"{there}/refuse", refused, "scholar"), 403, "proof_needed")
    must_refuse(send(programs, f"{there}/paper", PDF, "officer", **PASSED), 403, "forbidden")
    assert steps(programs, decided)[0]["state"] == "waiting"


def test_minutes_are_filed_in_their_turn(programs, decided, house, runtime):
    own, meeting = steps(programs, decided)
    there = f"{decided}/{meeting['id']}/paper"
    early = send(programs, there, MINUTES, "officer", **PASSED)
    assert early.status_code in (409, 422), early.text
    for who in ("buyer", "stranger"):
        must_refuse(send(programs, there, MINUTES, who, **PASSED), 404, "not_found")
    must_refuse(send(programs, there, MINUTES, "scholar", **PASSED), 403, "forbidden")
    assert not runtime.files.path(hashlib.sha256(MINUTES).hexdigest()).exists()
    rows = {one.id: one for one in house.steps(decided.split("/")[2].removeprefix("dea_"))}
    house.decides(house.stage.scholar, rows[own["id"]])
    must_refuse(send(programs, there, PNG, "officer", **PASSED | {"name": "a.png"}), 422, "invalid")
    unnumbered = {name: value for name, value in PASSED.items() if name != "number"}
    must_refuse(send(programs, there, MINUTES, "officer", **unnumbered), 422, "invalid")
    filed = send(programs, there, MINUTES, "officer", **PASSED)
    assert filed.status_code == 201, filed.text
    seen = filed.get_json()
    assert (seen["passed"], seen["done"], seen["steps"][1]["paper"]) == (2, True, True)
    assert programs.get(there, "officer").data == MINUTES
    for who in ("buyer", "stranger"):
        must_refuse(programs.get(there, who), 404, "not_found")


def test_a_refusal_is_noted_and_the_step_put_again(programs, house):
    house.sets(MEETING)
    path = f"/deals/{show('deal', house.agreed())}/decision"
    [meeting] = steps(programs, path)
    there, sent = f"{path}/{meeting['id']}", {"held_on": "2026-11-01", "number": "第19号"}
    must_refuse(programs.post(f"{there}/refuse", sent | {"note": ""}, "officer"), 422, "invalid")
    noted = programs.post(f"{there}/refuse", sent | {"note": "价格低"}, "officer").get_json()
    assert (noted["steps"][0]["state"], noted["steps"][0]["acts"]) == ("refused", ["again"])
    must_refuse(programs.post(f"{there}/again", {}, "buyer"), 404, "not_found")
    must_refuse(programs.post(f"{there}/again", {}, "scholar"), 403, "forbidden")
    again = programs.post(f"{there}/again", {}, "officer").get_json()["steps"][0]
    assert (again["state"], again["turn"]) == ("waiting", 2)
    assert [one["note"] for one in again["earlier"]] == ["价格低"]


def test_the_approval_sheet_is_the_owners_sides(programs, decided):
    path = decided.replace("/decision", "/approval-sheet")
    for query in ("", "?language=en"):
        answer = programs.get(path + query, "officer")
        assert answer.data.startswith(b"%PDF")
    must_refuse(programs.get(path, "buyer"), 404, "not_found")


@pytest.fixture
def first(firsts, programs) -> str:
    firsts.stage.executor.run(SYSTEM, plant_outsider)
    return f"/deals/{show('deal', firsts.sold())}/preemption"


def test_a_holder_sees_their_own_claim_and_not_the_buyer(programs, first):
    side = programs.get(first, "officer").get_json()
    assert set(side) == PREEMPTION.of["side"]
    assert len(side["claims"]) == 4
    own = programs.get(first, "stranger").get_json()
    assert set(own) == PREEMPTION.of["holder"]
    [claim] = own["claims"]
    assert claim["acts"] == ["page"]
    asked = programs.post(f"{first}/{claim['id']}/answer", {}, "stranger")
    assert first in must_refuse(asked, 403, "proof_needed")["detail"]
    paper = {"name": "放弃.pdf", "day": _today(side)}
    waiver = f"{first}/{claim['id']}/waiver"
    must_refuse(send(programs, waiver, PDF, "stranger", **paper), 403, "proof_needed")
    must_refuse(programs.get(first, "buyer"), 404, "not_found")


def _today(side: dict) -> str:
    told = [one["served_on"] for one in side["claims"] if one["served_on"]]
    return told[0] if told else date(2026, 11, 22).isoformat()


def test_papers_of_holders_are_filed_by_the_office(programs, first, runtime):
    side = programs.get(first, "officer").get_json()
    claim = next(one for one in side["claims"] if "serve" in one["acts"])
    day = _today(side)
    path, paper = f"{first}/{claim['id']}", {"name": "回执.pdf", "day": day}
    for who in ("buyer", "stranger"):
        must_refuse(send(programs, f"{path}/service", RECEIPT, who, **paper), 404, "not_found")
    must_refuse(send(programs, f"{path}/service", RECEIPT, "scholar", **paper), 403, "forbidden")
    assert not runtime.files.path(hashlib.sha256(RECEIPT).hexdigest()).exists()
    served = send(programs, f"{path}/service", RECEIPT, "officer", **paper)
    assert served.status_code == 201, served.text
    seen = next(one for one in served.get_json()["claims"] if one["id"] == claim["id"])
    assert (seen["standing"], seen["service"], seen["served_on"]) == ("served", True, day)
    taken = send(programs, f"{path}/acceptance", RECEIPT, "officer", **paper).get_json()
    assert {one["id"]: one["standing"] for one in taken["claims"]}[claim["id"]] == "exercised"
    assert programs.get(f"{path}/acceptance", "officer").data == RECEIPT
    must_refuse(programs.get(f"{path}/waiver", "officer"), 404, "not_found")
    waived = send(programs, f"{path}/waiver", RECEIPT, "officer", **paper).get_json()
    assert {one["id"]: one["standing"] for one in waived["claims"]}[claim["id"]] == "waived"
    for kept in ("service", "waiver"):
        assert programs.get(f"{path}/{kept}", "officer").data == RECEIPT
        must_refuse(programs.get(f"{path}/{kept}", "buyer"), 404, "not_found")


def test_who_commissioned_it_is_named_by_the_office(programs, first):
    named = programs.post(f"{first}/holders", {"name": "委托单位"}, "officer")
    assert named.status_code == 201, named.text
    assert "委托单位" in [one["name"] for one in named.get_json()["claims"]]
    must_refuse(programs.post(f"{first}/holders", {"name": ""}, "officer"), 422, "invalid")
    must_refuse(programs.post(f"{first}/holders", {"name": "x"}, "buyer"), 404, "not_found")
    for who in ("scholar", "stranger"):
        refused = programs.post(f"{first}/holders", {"name": "x"}, who)
        assert refused.status_code in (403, 404), who
