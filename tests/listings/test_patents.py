"""The patents of a result: what is said of one, and the page where it is said."""

from __future__ import annotations

from datetime import date

import pytest

from listings.inputs import PatentInput
from listings.kinds import LegalStatus
from listings.models import PatentFacts
from listings.patents import patent_problems
from tests.forms import sent_by_browser, stored_rows
from tests.listings.conftest import INSTITUTE
from tests.listings.test_beside_pages import place
from tests.listings.test_pages import rows, visit

__all__ = ["visit"]

TODAY = date(2026, 11, 30)
NUMBER = {"application_number": "CN202310482617.0"}


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({**NUMBER}, {}),
        ({}, {"application_number": "missing"}),
        ({**NUMBER, "legal_status": LegalStatus.IN_FORCE}, {"status_checked_on": "missing"}),
        ({**NUMBER, "legal_status": LegalStatus.IN_FORCE, "status_checked_on": TODAY}, {}),
        ({**NUMBER, "status_checked_on": date(2026, 12, 1)}, {"status_checked_on": "future"}),
        (
            {**NUMBER, "filed_on": date(2023, 5, 1), "granted_on": date(2023, 4, 30)},
            {"granted_on": "order"},
        ),
        ({**NUMBER, "filed_on": date(2023, 5, 1), "expires_on": date(2023, 5, 1)}, {}),
    ],
)
def test_what_is_asked_of_a_patent(said, wrong):
    found = patent_problems(PatentInput(**said), TODAY)
    assert {name: problems[0].code for name, problems in found.items()} == wrong


@pytest.fixture
def officer(visit):
    return visit("zhou", INSTITUTE, "tto_officer")


TYPED = {
    "application_number": "ZL 202310482617.0",
    "grant_number": "CN116500000B",
    "legal_status": "in_force",
    "status_checked_on": "2026-01-05",
    "filed_on": "2023-05-04",
    "granted_on": "2025-02-11",
    "expires_on": "2043-05-04",
    "annuity_due_on": "2099-05-04",
    "family": "热管理 1",
}


def as_shown(client, address: str) -> dict[str, list[str]]:
    with client.get(address) as answer:
        assert answer.status_code == 200, address
        return sent_by_browser(answer.text)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_patent_is_entered_corrected_and_taken_out(officer, market, database, prefix):
    address = prefix + place(market.draft(patents=()), "/patents")
    new = as_shown(officer, address) | TYPED
    assert officer.post(address, data=new | {"status_checked_on": ""}).status_code == 422
    assert rows(database, PatentFacts) == []
    assert officer.post(address, data=new).status_code == 302
    kept = rows(database, PatentFacts)[0]
    numbers = (kept.office, kept.application_number, kept.publication_number, kept.grant_number)
    assert numbers == ("CN", "CN202310482617.0", None, "CN116500000B")
    assert (kept.legal_status, kept.status_checked_on) == ("in_force", date(2026, 1, 5))
    assert (kept.annuity_due_on, kept.expires_on) == (date(2099, 5, 4), date(2043, 5, 4))
    assert (kept.kind_code, kept.family) == ("B", "热管理 1")
    before = stored_rows(database)
    assert officer.post(f"{address}/1", data=as_shown(officer, f"{address}/1")).status_code == 302
    assert stored_rows(database) == before
    changed = as_shown(officer, f"{address}/1") | {"legal_status": "lapsed"}
    assert officer.post(f"{address}/1", data=changed).status_code == 302
    assert rows(database, PatentFacts)[0].legal_status == "lapsed"
    assert officer.post(f"{address}/1", data=changed).status_code == 422  # seen before the change
    assert officer.get(f"{address}/2").status_code == 404
    assert officer.post(f"{address}/1/remove").status_code == 302
    assert rows(database, PatentFacts) == []


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"application_number": "202310482617.3"}, "application_number"),
        ({"grant_number": "US8926509B2", "publication_number": "CN118524411A"}, "grant_number"),
        ({"application_number": ""}, "application_number"),
        ({**TYPED, "office": "C1"}, "office"),
        ({**TYPED, "kind_code": "ß"}, "kind_code"),
        ({**TYPED, "grant_number": "null"}, "grant_number"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field(officer, market, database, typed, field):
    address = place(market.draft(patents=()), "/patents")
    with officer.post(address, data=as_shown(officer, address) | typed) as answer:
        assert answer.status_code == 422
        assert f'id="{field}-error"' in answer.text
    assert rows(database, PatentFacts) == []
