"""Where a firm is registered, as a program says it with an inquiry, and what that changes."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from core.ids import show
from deals.models import Inquiry
from tests.api.conftest import must_refuse

ASKED = {"way": "exclusive", "purpose": "手机散热", "timetable": "quarter", "name": "Ada",
         "firm": "Kühlwerk GmbH", "mail": "ada@kuehlwerk.example"}  # fmt: skip


@pytest.fixture
def listing(market) -> str:
    return show("listing", market.published())


def send(api, listing: str, who: str = "contributor", **more: object):
    return api.post("/inquiries", {"listing": listing, **ASKED, **more}, who)


def kept(executor) -> list[str | None]:
    with executor.database.read() as session:
        return list(session.scalars(select(Inquiry.sender_country)))


@pytest.mark.parametrize(
    ("said", "country"),
    [
        ({"country": "DE"}, "DE"),
        ({"country": "ZZ"}, "ZZ"),
        ({"country": "QQ"}, "QQ"),  # two letters that no list of ours has: abroad, as any other
        ({"country": ""}, None),
        ({}, None),
    ],
)
def test_what_is_sent_goes_with_the_inquiry(api, executor, listing, said, country):
    sent = send(api, listing, **said)
    assert sent.status_code == 201, sent.text
    assert kept(executor) == [country]
    id = sent.get_json()["id"]
    assert "country" not in sent.get_json()
    assert api.get(f"/inquiries/{id}", "officer").get_json()["sender"]["country"] == country


@pytest.mark.parametrize("country", ["de", "DEU", "D", "德国", "D1", None, 49])
def test_what_is_no_code_is_refused_by_field(api, executor, listing, country):
    body = must_refuse(send(api, listing, country=country), 422, "invalid")
    assert [one["field"] for one in body["errors"]] == ["country"]
    assert kept(executor) == []


@pytest.mark.parametrize("country", ["DE", "QQ", "ZZ"])
def test_a_deal_with_a_firm_abroad_waits_for_the_statement(api, listing, country):
    id = send(api, listing, country=country).get_json()["id"]
    must_refuse(api.post(f"/inquiries/{id}/deal", {}, "officer"), 409, "export_unstated")
    stated = {"kind": "free", "basis": ""}
    assert api.post(f"/listings/{listing}/export-statement", stated, "officer").status_code == 200
    opened = api.post(f"/inquiries/{id}/deal", {}, "officer")
    assert opened.status_code == 201, opened.text
    assert opened.get_json()["border"]["country"] == country


def test_prohibited_technology_is_not_talked_about_abroad(api, listing):
    stated = {"kind": "prohibited", "basis": "053701J"}
    assert api.post(f"/listings/{listing}/export-statement", stated, "officer").status_code == 200
    id = send(api, listing, country="DE").get_json()["id"]
    must_refuse(api.post(f"/inquiries/{id}/deal", {}, "officer"), 409, "export_prohibited")


def test_at_home_nothing_is_asked(api, listing):
    id = send(api, listing, country="CN").get_json()["id"]
    assert api.post(f"/inquiries/{id}/deal", {}, "officer").status_code == 201


def test_of_an_organisation_the_register_counts(api, executor, listing):
    assert send(api, listing, "buyer", country="DE").status_code == 201
    assert kept(executor) == ["CN"]
