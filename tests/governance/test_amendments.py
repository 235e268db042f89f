"""Changes of rules and holiday tables: proposed, approved by another, in effect on their day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from core.amendments import Amendment
from core.errors import Invalid, NotFound
from core.times import legal_date
from governance.actions.approve_amendment import approve_amendment
from governance.actions.counter_complaint import counter_complaint
from governance.actions.propose_amendment import propose_amendment
from governance.actions.refuse_amendment import refuse_amendment
from governance.amending import Proposed, differences, effect
from governance.announcements import standing
from governance.errors import AmendmentMovedOn, OtherOperatorNeeded
from tests.deals.conftest import OPERATOR, person

SECOND = person("second-operator", OPERATOR)
IDLE = "deal.idle_days"
HOLIDAYS = """
source = "国务院办公厅通知"
source_en = "General Office of the State Council"
checked_on = 2026-11-20
holidays = [2027-01-01, 2027-02-05, 2027-02-08]
workdays = [2027-01-30]
"""


@pytest.fixture
def act(stage):
    """Runs an action and gives its id; what was approved is looked at anew."""

    def run(actor, action, *typed):
        done = stage.executor.run(actor, action, *typed)
        stage.executor.forget_law()
        return done.ref

    return run


@pytest.fixture
def today(runtime):
    with runtime.database.read() as session:
        return legal_date(runtime.database.now(session), runtime.settings.zone)


def text(day: date, value: str = "90", rule: str = IDLE, unit: str = "calendar_days") -> str:
    return f"""
name = "cn-national"
title = "全国"
title_en = "Mainland China"
[[rule]]
id = "{rule}"
value = {value}
unit = "{unit}"
valid_from = {day}
citation = "本市场规则"
citation_en = "This market's own rule"
confidence = "H"
checked_on = 2026-11-20
"""


def change(today: date, days: int = 8, **more: str) -> Proposed:
    day = today + timedelta(days=days)
    return Proposed("profile", "cn-national", text(day, **more), day, "洽谈周期普遍更长。")


def test_an_amendment_holds_from_its_day_in_every_province_and_not_before(act, stage, today):
    law = stage.executor.law
    before = law.version("cn-zhejiang", today + timedelta(days=8))
    amendment = act(stage.operator, propose_amendment, change(today))
    assert stage.executor.law.profile("cn-zhejiang", today + timedelta(days=8)).integer(IDLE) == 60
    act(SECOND, approve_amendment, amendment)
    law = stage.executor.law
    assert law.profile("cn-zhejiang", today + timedelta(days=7)).integer(IDLE) == 60
    assert law.profile("cn-zhejiang", today + timedelta(days=8)).integer(IDLE) == 90
    assert law.version("cn-zhejiang", today + timedelta(days=7)) == before
    assert law.version("cn-zhejiang", today + timedelta(days=8)) != before


def test_a_deal_that_runs_keeps_the_law_of_its_day(act, stage, today, clock):
    deal = stage.deal(stage.open())
    act(SECOND, approve_amendment, act(stage.operator, propose_amendment, change(today)))
    clock.move(timedelta(days=9))
    stage.executor.forget_law()
    law = stage.executor.law
    assert law.profile(deal.jurisdiction, deal.law_on).integer(IDLE) == 60
    assert law.profile(deal.jurisdiction, deal.law_on).pin == deal.profile
    later = stage.deal(stage.open())
    assert law.profile(later.jurisdiction, later.law_on).integer(IDLE) == 90
    assert later.profile != deal.profile


def test_seven_whole_days_lie_between_publication_and_effect(act, stage, today, clock):
    with pytest.raises(Invalid) as refused:
        act(stage.operator, propose_amendment, change(today, days=7))
    assert set(refused.value.problems) == {"takes_effect"}
    late = act(stage.operator, propose_amendment, change(today, days=8))
    clock.move(timedelta(days=1))
    with pytest.raises(Invalid):
        act(SECOND, approve_amendment, late)
    assert stage.executor.law.profile("cn-national", date(2030, 1, 1)).integer(IDLE) == 60


def test_another_operator_decides_and_only_once(act, stage, today):
    amendment = act(stage.operator, propose_amendment, change(today))
    with pytest.raises(OtherOperatorNeeded):
        act(stage.operator, approve_amendment, amendment)
    with pytest.raises(NotFound):
        act(stage.officer, approve_amendment, amendment)
    act(SECOND, refuse_amendment, amendment, "依据不足。")
    with pytest.raises(AmendmentMovedOn):
        act(SECOND, approve_amendment, amendment)
    assert stage.executor.law.profile("cn-national", date(2030, 1, 1)).integer(IDLE) == 60


def test_the_database_too_wants_another_operator(act, stage, today):
    amendment = act(stage.operator, propose_amendment, change(today))

    def cheat(uow):
        at = uow.lock(Amendment, amendment)
        at.row.state, at.row.decided_at = "approved", at.now
        at.row.decided_by = stage.operator.person
        at.record("cheated")

    with pytest.raises(IntegrityError):
        stage.executor.run(stage.operator, cheat)


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": '"ninety"'},
        {"value": "-1"},
        {"value": ""},
        {"rule": "deal.idle_dayz"},
        {"unit": "working_days"},
        {"unit": "fortnights"},
    ],
)
def test_what_the_reader_of_files_refuses_is_refused(act, stage, today, wrong):
    with pytest.raises(Invalid) as refused:
        act(stage.operator, propose_amendment, change(today, **wrong))
    assert set(refused.value.problems) == {"text"}


def test_an_amendment_says_what_it_changes(act, stage, today, runtime):
    amendment = act(stage.operator, propose_amendment, change(today))
    with runtime.database.read() as session:
        found = effect(stage.executor.law, session.get_one(Amendment, amendment))
    assert [(one.rule_id, one.before.value, one.after.value) for one in found] == [(IDLE, 60, 90)]
    same = stage.executor.law.profile("cn-national", today)
    assert differences(same, same) == []


def test_a_holiday_table_counts_from_its_approval(act, stage):
    calendar = stage.executor.law.calendars["cn"]
    assert not calendar.known(2027)
    assert not calendar.counts(date(2027, 1, 30))
    typed = Proposed("holidays", "cn-2027", HOLIDAYS, None, "国务院办公厅已发布。")
    act(SECOND, approve_amendment, act(stage.operator, propose_amendment, typed))
    calendar = stage.executor.law.calendars["cn"]
    assert calendar.known(2027)
    assert calendar.counts(date(2027, 1, 30))
    assert not calendar.counts(date(2027, 2, 8))


def test_a_table_never_shortens_a_deadline_that_was_told(procedure, act, clock):
    clock.move(timedelta(days=30))
    complaint = procedure.measured()
    procedure.run(procedure.stage.officer, counter_complaint, complaint, "我方自行研发。")
    told = procedure.row(complaint).wait_until
    typed = Proposed("holidays", "cn-2027", HOLIDAYS, None, "国务院办公厅已发布。")
    operator = procedure.stage.operator
    act(SECOND, approve_amendment, act(operator, propose_amendment, typed))
    procedure.stage.executor.settle(f"complaint:{complaint}")
    assert procedure.row(complaint).wait_until == told


@pytest.mark.parametrize(
    ("name", "table"),
    [("cn-2027", HOLIDAYS.replace("2027-01-01", "2026-01-01")), ("cn-2027", "holidays = ["),
     ("cn-2028", HOLIDAYS), ("cn-then", HOLIDAYS), ("xx-2027", HOLIDAYS)],
)  # fmt: skip
def test_a_table_of_another_year_or_country_is_refused(act, stage, name, table):
    with pytest.raises(Invalid):
        act(stage.operator, propose_amendment, Proposed("holidays", name, table, None, "理由"))


def test_an_approved_change_of_rules_announces_itself_until_it_has_held_a_week(
    act, stage, today, runtime, clock
):
    amendment = act(stage.operator, propose_amendment, change(today))
    assert announced(runtime) == []
    act(SECOND, approve_amendment, amendment)
    [said] = announced(runtime)
    assert (today + timedelta(days=8)).isoformat() in said.title_en
    assert said.audience == "everybody"
    clock.move(timedelta(days=15))
    assert len(announced(runtime)) == 1
    clock.move(timedelta(days=1))
    assert announced(runtime) == []
    # A holiday table is no change of the market's rules; one that is refused is none either.
    refused = act(stage.operator, propose_amendment, change(today + timedelta(days=16)))
    act(SECOND, refuse_amendment, refused, "不改")
    assert announced(runtime) == []


def announced(runtime):
    with runtime.database.read() as session:
        return standing(session, runtime.database.now(session))
