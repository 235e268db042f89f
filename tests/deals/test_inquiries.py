"""Inquiries: from anybody, answered in time or counted, claimed by whoever sent them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from accounts.models import ContactPoint, Person
from core.actor import ANONYMOUS, SYSTEM
from core.errors import Forbidden, Invalid, NotFound
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.actions.answer_inquiry import answer_inquiry
from deals.actions.claim_inquiry import claim_inquiry
from deals.actions.log_talk import log_talk
from deals.actions.open_deal import open_deal
from deals.actions.refuse_inquiry import refuse_inquiry
from deals.errors import InquiryClosed, ListingNotOpen, TooManyInquiries, WrongClaim
from deals.inquiring import claim_token
from deals.models import InquiryEvent
from deals.rules import INQUIRIES_AN_HOUR
from deals.states import INQUIRY, InquiryAct, InquiryState, inquiry_after
from listings.models import Listing
from tests.deals.conftest import LISTING


@pytest.mark.parametrize("act", list(InquiryAct))
@pytest.mark.parametrize("state", list(InquiryState))
def test_every_cell(state, act):
    if (state, act) in INQUIRY:
        assert inquiry_after(state, act) is INQUIRY[state, act]
    else:
        with pytest.raises(InquiryClosed):
            inquiry_after(state, act)


def test_a_visitor_asks_and_the_promise_counts_working_days(stage):
    row = stage.inquiry(stage.ask())
    assert (row.state, row.sender_person, row.owner_org) == ("open", None, "institute")
    assert row.due_on == date(2026, 11, 26)  # three working days after Monday
    assert row.due_at == datetime(2026, 11, 26, 16, tzinfo=UTC)
    assert row.remind_at == datetime(2026, 11, 25, 1, tzinfo=UTC)
    assert row.escalate_at == datetime(2026, 11, 30, 16, tzinfo=UTC)
    assert row.public_at == datetime(2026, 12, 3, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("more", "fields"),
    [
        ({"way": "gift"}, {"way"}),
        ({"purpose": " "}, {"purpose"}),
        ({"timetable": "someday"}, {"timetable"}),
        ({"name": ""}, {"name"}),
        ({"firm": ""}, {"firm"}),
        ({"mail": "", "phone": ""}, {"phone"}),
        ({"mail": "no address"}, {"mail"}),
        ({"phone": "call me"}, {"phone"}),
        ({"budget": 0, "currency": "CNY"}, {"budget"}),
        ({"purpose": "长" * 2001}, {"purpose"}),
    ],
)
def test_what_a_question_must_say(stage, more, fields):
    with pytest.raises(Invalid) as caught:
        stage.ask(**more)
    assert set(caught.value.problems) == fields


def test_a_landline_is_a_contact_too(stage):
    row = stage.inquiry(stage.ask(mail="", phone="0571-8820 0217"))
    assert row.sender_phone == "0571-8820 0217"


def test_reminder_then_escalation_once_each(stage, clock, drain):
    inquiry = stage.ask()
    clock.move(timedelta(days=2, hours=1))
    drain()
    assert stage.inquiry(inquiry).reminded_at == clock.now
    clock.move(timedelta(days=8))
    drain()
    drain()
    row = stage.inquiry(inquiry)
    assert row.escalated_at == clock.now
    assert row.state == "open"
    with stage.executor.database.read() as session:
        kinds = session.scalars(select(InquiryEvent.kind).order_by(InquiryEvent.n)).all()
    assert kinds == ["sent", "reminded", "escalated"]


def test_an_answer_in_time_stops_the_clocks(stage, clock, drain):
    inquiry = stage.ask()
    clock.move(timedelta(days=1))
    stage.executor.run(stage.scholar, answer_inquiry, inquiry, "可以，先寄样品。")
    clock.move(timedelta(days=30))
    drain()
    row = stage.inquiry(inquiry)
    assert (row.state, row.answer_days) == ("answered", 1)
    assert row.reminded_at is row.escalated_at is None


def test_a_talk_counts_as_an_answer(stage):
    inquiry = stage.ask()
    stage.executor.run(stage.officer, log_talk, inquiry, "wechat", "已约下周三通话。")
    assert stage.inquiry(inquiry).state == "answered"
    with pytest.raises(Invalid):
        stage.executor.run(stage.officer, log_talk, inquiry, "pigeon", "")


def test_a_refusal_names_its_reason(stage):
    inquiry = stage.ask()
    with pytest.raises(Invalid):
        stage.executor.run(stage.officer, refuse_inquiry, inquiry, "because")
    stage.executor.run(stage.officer, refuse_inquiry, inquiry, "no_capacity", "明年再议。")
    assert stage.inquiry(inquiry).reason == "no_capacity"
    with pytest.raises(InquiryClosed):
        stage.executor.run(stage.officer, open_deal, inquiry)


def test_who_may_answer(stage):
    inquiry = stage.ask(stage.buyer)
    for outsider in (ANONYMOUS, stage.stranger):
        with pytest.raises(NotFound):
            stage.executor.run(outsider, answer_inquiry, inquiry, "好")
    for reader in (stage.buyer, stage.operator):
        with pytest.raises(Forbidden):
            stage.executor.run(reader, answer_inquiry, inquiry, "好")
    with pytest.raises(Forbidden):
        stage.executor.run(stage.scholar, open_deal, inquiry)
    stage.executor.run(stage.second, answer_inquiry, inquiry, "好")
    assert stage.inquiry(inquiry).state == "answered"


def test_a_withdrawn_listing_takes_no_inquiry(stage):
    def withdraw(uow: UnitOfWork) -> Done:
        at = uow.lock(Listing, LISTING)
        at.row.state = "withdrawn"
        at.record("withdrawn")
        return Done()

    stage.executor.run(SYSTEM, withdraw)
    with pytest.raises(ListingNotOpen):
        stage.ask()


def test_a_listing_that_never_was_public_is_not_there(stage):
    """Who may not know of a draft learns nothing by asking for it."""

    def undo(uow: UnitOfWork) -> Done:
        at = uow.lock(Listing, LISTING)
        at.row.state, at.row.published_at = "draft", None
        at.record("undone")
        return Done()

    stage.executor.run(SYSTEM, undo)
    with pytest.raises(NotFound):
        stage.ask()


def test_the_hourly_limit_counts_by_source(stage, clock):
    for _ in range(INQUIRIES_AN_HOUR):
        stage.ask()
    with pytest.raises(TooManyInquiries):
        stage.ask()
    clock.move(timedelta(minutes=61))
    assert stage.inquiry(stage.ask()).state == "open"


def test_the_sender_claims_by_link_and_joins_the_deal(stage):
    inquiry = stage.ask()
    deal = stage.executor.run(stage.officer, open_deal, inquiry).ref
    with pytest.raises(WrongClaim):
        stage.executor.run(stage.buyer, claim_inquiry, inquiry, "guess")
    with pytest.raises(NotFound):
        stage.offer(deal, stage.buyer)
    token = claim_token(stage.executor.ports.secret, inquiry)
    with pytest.raises(Forbidden):
        stage.executor.run(ANONYMOUS, claim_inquiry, inquiry, token)
    stage.executor.run(stage.buyer, claim_inquiry, inquiry, token)
    assert stage.deal(deal).buyer_org == "firm"
    assert stage.offer(deal, stage.buyer) == 1
    with pytest.raises(WrongClaim):
        stage.executor.run(stage.stranger, claim_inquiry, inquiry, token)


def test_the_sender_claims_by_a_proven_contact(stage, clock):
    def prove(uow: UnitOfWork) -> Done:
        at = uow.lock(Person, "stranger")
        value, verified = "ran@firm.example", at.now
        at.add(ContactPoint(person="stranger", kind="mail", value=value, verified_at=verified))
        at.record("proven")
        return Done()

    inquiry = stage.ask()
    with pytest.raises(WrongClaim):
        stage.executor.run(stage.stranger, claim_inquiry, inquiry)
    stage.executor.run(SYSTEM, prove)
    stage.executor.run(stage.stranger, claim_inquiry, inquiry)
    assert stage.inquiry(inquiry).sender_person == "stranger"
