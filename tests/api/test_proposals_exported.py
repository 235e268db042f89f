"""What an office takes out of the market holds the proposals of both its hands."""

from __future__ import annotations

import json

import pytest

from core.ids import show
from tests.api.conftest import must_refuse
from tests.api.test_needs import drafted
from tests.listings.conftest import FIRM, INSTITUTE, OTHER

SAID = {"text": "我们的散热膜已在两种车型上试用，热阻约为现有方案的四成。",
        "contact_name": "周砚秋", "contact": "z@lab.example"}  # fmt: skip


def exported(api, organisation: str, who: str) -> list[dict]:
    """The proposals among the lines of an export."""
    answer = api.get(f"/organisations/{show('organisation', organisation)}/export", who)
    assert answer.status_code == 200, answer.text
    lines = [json.loads(line) for line in answer.text.splitlines()]
    return [line["data"] for line in lines if line["type"] == "proposal"]


@pytest.fixture
def proposed(api) -> str:
    """By a researcher of the institute, for an anonymous need of the firm."""
    need = drafted(api, anonymous=True).get_json()["id"]
    api.post(f"/needs/{need}/publish", {}, "buyer")
    body = SAID | {"organisation": show("organisation", INSTITUTE)}
    sent = api.post(f"/needs/{need}/proposals", body, "author")
    assert sent.status_code == 201, sent.text
    return sent.get_json()["id"]


def test_both_sides_take_it_out_and_nobody_else(api, proposed):
    for organisation, who, mine in ((INSTITUTE, "officer", True), (FIRM, "buyer", False)):
        (line,) = exported(api, organisation, who)
        assert (line["id"], line["mine"]) == (proposed, mine)
        assert {name: line[name] for name in SAID} == SAID
        assert line == api.get(f"/proposals/{proposed}", who).get_json()
    assert exported(api, OTHER, "stranger") == []


def test_what_an_anonymous_firm_is_called_stays_out_of_the_other_sides_export(api, proposed):
    (theirs,), (own,) = exported(api, INSTITUTE, "officer"), exported(api, FIRM, "buyer")
    assert theirs["asked_by"] is None
    assert own["asked_by"]
    whole = api.get(f"/organisations/{show('organisation', INSTITUTE)}/export", "officer").text
    assert show("organisation", FIRM) not in whole
    assert own["asked_by"] not in whole


def test_an_answer_is_in_it(api, proposed):
    no = {"reason": "too_early", "reply": "明年再谈。"}
    assert api.post(f"/proposals/{proposed}/decline", no, "buyer").status_code == 200
    (line,) = exported(api, INSTITUTE, "officer")
    assert (line["state"], line["reason"], line["reply"]) == ("declined", "too_early", "明年再谈。")


def test_every_one_is_in_it_whatever_their_number(api, proposed, executor, monkeypatch):
    """Two more than a part holds, for what is read in parts must leave none out between them."""
    monkeypatch.setattr("webapp.api.operations.exports._PART", 1)
    sent = {proposed}
    for _ in range(2):
        need = drafted(api).get_json()["id"]
        api.post(f"/needs/{need}/publish", {}, "buyer")
        body = SAID | {"organisation": show("organisation", INSTITUTE)}
        sent.add(api.post(f"/needs/{need}/proposals", body, "author").get_json()["id"])
    for organisation, who in ((INSTITUTE, "officer"), (FIRM, "buyer")):
        assert {line["id"] for line in exported(api, organisation, who)} == sent


def test_a_researcher_takes_nothing_out(api, proposed):
    own = f"/organisations/{show('organisation', INSTITUTE)}/export"
    must_refuse(api.get(own, "author"), 403, "forbidden")
