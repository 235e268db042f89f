"""The clock of a notice: it waits for the owner's own unit, and confirmation for its last day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from core.actor import ANONYMOUS
from core.errors import Invalid
from core.models import Audit
from deals import notices
from deals.actions.accept_offer import accept_offer
from deals.actions.answer_objection import answer_objection
from deals.actions.object_to_notice import object_to_notice
from deals.actions.show_posting import show_posting
from deals.actions.walk_away import walk_away
from deals.errors import NoticeEnded, WrongDealState
from deals.models import DealStep
from deals.proving import last_day_unshown, reminds_at
from notifications.models import Message
from tests.deals.conftest import pass_notice, picture

ZONE = ZoneInfo("Asia/Shanghai")
PUBLISHED = datetime(2026, 11, 23, 2, tzinfo=UTC)
REASON = "净销售额的定义遗漏了海外子公司，价格因此偏低。"


@dataclass
class Running:
    asks_proof: bool = True
    begins_at: datetime = PUBLISHED
    last_day: date | None = None
    shown_until: date | None = None
    reminded_at: datetime | None = None


def nine(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 1, tzinfo=UTC)


LAST = date(2026, 12, 8)


@pytest.mark.parametrize(
    ("more", "at"),
    [
        ({"asks_proof": False}, None),
        ({}, nine(11, 25)),
        ({"reminded_at": nine(11, 25)}, nine(12, 2)),
        ({"last_day": LAST}, nine(12, 8)),
        ({"last_day": LAST, "reminded_at": nine(12, 2)}, nine(12, 8)),
        ({"last_day": LAST, "reminded_at": nine(12, 8)}, nine(12, 15)),
        ({"last_day": LAST, "shown_until": LAST, "reminded_at": nine(12, 8)}, None),
    ],
)
def test_when_the_owner_is_reminded(more, at):
    notice = Running(**more)
    assert reminds_at(notice, ZONE) == at
    assert last_day_unshown(notice) is (at is not None)


@pytest.fixture
def noticed(stage):
    deal = stage.open()
    version = stage.offer(deal, stage.officer, valid_until=None)
    stage.executor.run(stage.buyer, accept_offer, deal, version)
    return deal


def object_(stage, deal) -> str:
    args = (stage.notice(deal).id, "沈若川", "shen@else.example", REASON)
    return stage.executor.run(ANONYMOUS, object_to_notice, *args).ref


def test_objections_are_taken_before_the_period_begins(stage, noticed, clock, drain):
    objection = object_(stage, noticed)
    pass_notice(stage, noticed, clock, drain)
    assert stage.deal(noticed).state == "objected"
    stage.executor.run(stage.officer, answer_objection, objection, "dismissed", "已含子公司。")
    assert stage.deal(noticed).state == "confirmed"


def test_nothing_is_confirmed_before_the_last_day_is_shown(stage, noticed, clock, drain):
    stage.hang(noticed)
    with pytest.raises(Invalid) as early:
        stage.hang(noticed, "last")
    assert set(early.value.problems) == {"when"}
    clock.set(stage.notice(noticed).ends_at + timedelta(days=3))
    drain()
    assert stage.deal(noticed).state == "notice"
    with pytest.raises(NoticeEnded):
        object_(stage, noticed)
    stage.hang(noticed, "last")
    assert stage.deal(noticed).state == "confirmed"
    assert stage.notice(noticed).result == "confirmed"


def test_the_end_passes_quietly_while_the_last_day_is_missing(stage, noticed, clock, drain):
    stage.hang(noticed)
    clock.set(stage.last_morning(noticed))
    drain()  # the reminder
    version = stage.deal(noticed).version
    clock.set(stage.notice(noticed).ends_at + timedelta(hours=1))
    drain()
    stage.executor.settle(f"deal:{noticed}")
    assert stage.deal(noticed).version == version
    stage.hang(noticed, "last")
    assert stage.deal(noticed).state == "confirmed"


def test_an_answered_objection_waits_for_the_last_day_too(stage, noticed, clock, drain):
    stage.hang(noticed)
    objection = object_(stage, noticed)
    clock.set(stage.notice(noticed).ends_at)
    drain()
    assert stage.deal(noticed).state == "objected"
    stage.executor.run(stage.officer, answer_objection, objection, "dismissed", "已含子公司。")
    assert stage.deal(noticed).state == "objected"
    stage.hang(noticed, "last")
    assert stage.deal(noticed).state == "confirmed"


def test_a_later_first_picture_moves_nothing(stage, noticed, clock):
    stage.hang(noticed)
    last = stage.notice(noticed).last_day
    clock.move(timedelta(days=2))
    stage.hang(noticed)
    assert stage.notice(noticed).last_day == last


def test_the_first_day_comes_before_the_last(stage, noticed):
    with pytest.raises(Invalid) as caught:
        stage.hang(noticed, "last")
    assert caught.value.problems["when"][0].code == "first_day_missing"


def test_a_day_is_counted_as_the_market_s_wall_shows_it(stage, noticed, clock):
    clock.set(datetime(2026, 11, 24, 16, 30, tzinfo=UTC))  # half past midnight on the 25th
    stage.hang(noticed)
    notice = stage.notice(noticed)
    assert (notice.first_day, notice.last_day) == (date(2026, 11, 25), date(2026, 12, 10))


def test_its_digest_stays_and_each_proof_is_a_step_with_its_rules(stage, noticed, clock, drain):
    before = stage.notice(noticed).digest
    pass_notice(stage, noticed, clock, drain)
    notice = stage.notice(noticed)
    assert notice.digest == before == notices.digest(notice)
    with stage.executor.database.read() as session:
        steps = session.scalars(
            select(DealStep).where(DealStep.act.like("show_%")).order_by(DealStep.n)
        ).all()
        chain = session.scalars(select(Audit.body).where(Audit.stream == f"deal:{noticed}")).all()
    assert {step.act for step in steps} == {"show_first_day", "show_last_day"}
    for step in steps:
        assert "notice.own_place.proof" in {rule["rule"] for rule in step.rules}
        assert step.evidence["sha256"] == "c" * 64
    assert any('"last_day"' in body for body in chain)


def test_the_office_alone_is_reminded_until_it_has_shown_both(stage, noticed, clock, drain):
    def reminders() -> list[str]:
        with stage.executor.database.read() as session:
            said = Message.topic == "deal.posting_due"
            return sorted(session.scalars(select(Message.person).where(said)))

    clock.move(timedelta(days=3))
    drain()
    drain()
    assert set(reminders()) == {"officer", "second"}
    assert len(reminders()) == 2
    stage.hang(noticed)
    clock.set(stage.last_morning(noticed))
    drain()
    drain()
    assert len(reminders()) == 4
    stage.hang(noticed, "last")
    clock.move(timedelta(days=30))
    drain()
    drain()
    assert len(reminders()) == 4
    assert stage.deal(noticed).state == "confirmed"


def test_a_notice_that_was_withdrawn_takes_no_picture(stage, noticed, clock):
    stage.hang(noticed)
    notice = stage.notice(noticed).id
    stage.executor.run(stage.buyer, walk_away, noticed, "price")
    with pytest.raises((WrongDealState, Invalid)):
        stage.executor.run(stage.officer, show_posting, notice, picture("first"))
