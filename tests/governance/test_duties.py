"""What is owed on a day: a table of cases, and the page that shows it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from governance.duties import duty_facts
from governance.duty_rules import RULES, Duty, DutyKind, Facts, Period, Since, owed

TODAY = date(2026, 11, 23)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
ALL = frozenset(RULES.values())


def notice(first: date, last: date) -> dict:
    return {"notices": (Period("n", "deal:1", first, last),)}


@pytest.mark.parametrize(
    ("there", "due"),
    [
        ({}, []),
        ({"infringements": (Since("complaint:1", YESTERDAY),)}, [("examine", YESTERDAY)]),
        ({"waiting": (Since("complaint:1", TOMORROW),)}, [("wait_ends", TOMORROW)]),
        (notice(TODAY, TOMORROW), [("notice_begins", TODAY)]),
        (notice(YESTERDAY, TODAY), [("notice_ends", TODAY)]),
        (notice(YESTERDAY, TOMORROW), []),
        ({"applied": (Since("organisation:1", TODAY),)}, [("verify", TODAY)]),
        ({"knows_next_year": False}, [("holidays", date(2026, 12, 31))]),
    ],
)
def test_what_is_there_decides_what_is_owed(there, due):
    found = [(duty.kind.value, duty.due) for duty in owed(Facts(TODAY, ALL, **there))]
    assert found == due


def test_a_rule_that_does_not_hold_here_makes_no_duty():
    facts = Facts(TODAY, frozenset(), infringements=(Since("complaint:1", TODAY),))
    assert owed(facts) == []


def test_nobody_owes_a_holiday_table_before_the_autumn():
    assert owed(Facts(date(2026, 10, 31), ALL, knows_next_year=False)) == []


def test_the_earliest_comes_first_and_says_how_late_it_is():
    late, soon = Since("organisation:1", YESTERDAY), Since("complaint:1", TOMORROW)
    found = owed(Facts(TODAY, ALL, waiting=(soon,), applied=(late,)))
    assert [duty.tone(TODAY) for duty in found] == ["stop", "waits"]
    assert Duty(DutyKind.VERIFY, TODAY).tone(TODAY) == "due"


def test_a_complaint_is_owed_until_it_is_examined_and_then_by_its_last_day(procedure, runtime):
    complaint = procedure.countered()
    waiting = procedure.send(about="organisation:firm", kind="other")
    with runtime.database.read() as session:
        now, zone = runtime.database.now(session), runtime.settings.zone
        profile = runtime.law.profile("cn-national", TODAY)
        facts = duty_facts(session, profile, now, zone)
    # Sent on 23 November: the fifteen days end with 8 December.
    assert facts.waiting == (Since(f"complaint:{complaint}", date(2026, 12, 8)),)
    assert facts.infringements == ()
    assert procedure.row(waiting).state == "received"


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_overseers_read_the_page_and_nobody_else(client_of, prefix):
    for role in ("operator", "auditor"):
        page = client_of(role).get(f"{prefix}/operator/duties")
        assert page.status_code == 200
        assert "/operator/audit?stream=organisation" in page.text
    assert client_of("tto_officer").get(f"{prefix}/operator/duties").status_code == 404
