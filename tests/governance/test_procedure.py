"""Notices of infringement from measures to their end, and other complaints, on a real database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.actor import ANONYMOUS, SYSTEM, Actor, Seat
from core.errors import Forbidden, Invalid, NotFound
from governance.actions.counter_complaint import counter_complaint
from governance.actions.dismiss_complaint import dismiss_complaint
from governance.actions.lift_measures import lift_measures
from governance.actions.note_suit import note_suit
from governance.actions.settle_complaint import settle_complaint
from governance.actions.take_measures import take_measures
from governance.actions.uphold_complaint import uphold_complaint
from governance.actions.withdraw_complaint import withdraw_complaint
from governance.errors import ComplaintMovedOn, OtherProcedure, TooManyComplaints
from governance.rules import COMPLAINTS_AN_HOUR
from listings.actions.reopen_listing import reopen_listing
from listings.errors import MeasureStands
from notifications.models import Dispatch, Message
from notifications.writing import compose

FIFTEEN = timedelta(days=15)


def letters(runtime) -> list[tuple[str, str, str]]:
    runtime.worker.run_until_idle()
    with runtime.database.read() as session:
        rows = session.execute(select(Dispatch.topic, Dispatch.address, Dispatch.ref))
        return [tuple(row) for row in rows]


def two_notices(procedure) -> list[str]:
    both = [procedure.send(), procedure.send(name="权利人乙")]
    return [procedure.run(procedure.stage.operator, take_measures, one) for one in both]


def test_measures_take_it_off_and_the_owner_cannot_put_it_back(procedure):
    complaint = procedure.measured()
    row, listing = procedure.row(complaint), procedure.listing()
    assert (row.state, listing.state, listing.measure) == ("measured", "withdrawn", complaint)
    assert row.forwarded_at is not None
    with pytest.raises(MeasureStands):
        procedure.run(procedure.stage.officer, reopen_listing, listing.id)


def test_without_a_suit_the_measures_end_by_themselves_after_fifteen_days(procedure, clock):
    complaint = procedure.countered()
    waiting = procedure.row(complaint).wait_until
    # 23 November plus fifteen days is 8 December; it ends with that day in Shanghai.
    assert waiting.isoformat() == "2026-12-08T16:00:00+00:00"
    clock.set(waiting - timedelta(seconds=1))
    procedure.run(SYSTEM, settle_complaint, complaint)
    assert procedure.row(complaint).state == "countered"
    clock.set(waiting)
    procedure.stage.executor.settle(f"complaint:{complaint}")
    listing = procedure.listing()
    assert procedure.row(complaint).state == "lifted"
    assert (listing.state, listing.measure, listing.returned_code) == ("published", None, None)
    assert listing.expires_at > waiting
    assert procedure.acts(complaint) == ["measure", "counter", "lapse"]


def test_a_suit_shown_in_time_keeps_the_measures_until_the_operator_ends_them(procedure, clock):
    complaint = procedure.countered()
    suit = (complaint, procedure.link(complaint), "杭州知识产权法庭（2026）浙01民初1号")
    procedure.run(ANONYMOUS, note_suit, *suit)
    clock.move(FIFTEEN * 2)
    procedure.stage.executor.settle(f"complaint:{complaint}")
    assert procedure.row(complaint).state == "kept"
    assert procedure.listing().state == "withdrawn"
    procedure.run(procedure.stage.operator, lift_measures, complaint, "判决已生效。")
    assert procedure.listing().state == "published"


def test_a_suit_shown_too_late_changes_nothing(procedure, clock):
    complaint = procedure.countered()
    clock.move(FIFTEEN + timedelta(days=1))
    with pytest.raises(ComplaintMovedOn):
        procedure.run(ANONYMOUS, note_suit, complaint, procedure.link(complaint), "案号")
    assert procedure.row(complaint).state == "lifted"
    assert procedure.listing().state == "published"


def test_while_the_days_run_the_operator_ends_nothing(procedure):
    complaint = procedure.countered()
    with pytest.raises(ComplaintMovedOn):
        procedure.run(procedure.stage.operator, lift_measures, complaint, "理由")


def test_of_two_notices_the_second_keeps_it_off_when_the_first_ends(procedure):
    first, second = two_notices(procedure)
    procedure.run(ANONYMOUS, withdraw_complaint, first, procedure.link(first))
    assert (procedure.listing().state, procedure.listing().measure) == ("withdrawn", second)
    procedure.run(ANONYMOUS, withdraw_complaint, second, procedure.link(second))
    assert (procedure.listing().state, procedure.listing().measure) == ("published", None)


def test_the_first_notice_goes_on_when_the_second_ends(procedure):
    first, second = two_notices(procedure)
    procedure.run(ANONYMOUS, withdraw_complaint, second, procedure.link(second))
    assert (procedure.listing().state, procedure.listing().measure) == ("withdrawn", first)


def test_a_link_opens_its_own_complaint_only(procedure):
    mine, other = procedure.send(), procedure.send()
    with pytest.raises(NotFound):
        procedure.run(ANONYMOUS, withdraw_complaint, other, procedure.link(mine))
    assert procedure.row(other).state == "received"


@pytest.mark.parametrize("who", ["scholar", "buyer", "stranger"])
def test_only_the_owners_office_answers_and_only_operators_decide(procedure, who):
    complaint = procedure.measured()
    actor = getattr(procedure.stage, who)
    for action in (counter_complaint, dismiss_complaint, lift_measures):
        with pytest.raises(NotFound):
            procedure.run(actor, action, complaint, "理由")


def test_the_owner_knows_nothing_before_it_is_forwarded(procedure):
    complaint = procedure.send()
    with pytest.raises(NotFound):
        procedure.run(procedure.stage.officer, counter_complaint, complaint, "声明")


def test_who_complained_or_sits_with_the_owner_does_not_decide(procedure):
    operator = procedure.stage.operator
    own = procedure.send(operator)
    with pytest.raises(Forbidden):
        procedure.run(operator, take_measures, own)
    seats = (*operator.seats, Seat("institute", "institute", frozenset({"researcher"})))
    with pytest.raises(Forbidden):
        procedure.run(Actor("person", "second", seats), take_measures, procedure.send())


def test_other_complaints_are_upheld_or_dismissed_with_a_reason(procedure):
    operator = procedure.stage.operator
    untrue, other = procedure.send(kind="untruth"), procedure.send(kind="other")
    notice = procedure.send()
    with pytest.raises(OtherProcedure):
        procedure.run(operator, take_measures, untrue)
    with pytest.raises(OtherProcedure):
        procedure.run(operator, uphold_complaint, notice, "理由")
    with pytest.raises(Invalid):
        procedure.run(operator, dismiss_complaint, other, " ")
    procedure.run(operator, dismiss_complaint, other, "查无实据。")
    procedure.run(operator, uphold_complaint, untrue, "数据与报告不符。")
    listing = procedure.listing()
    assert (listing.state, listing.returned_code, listing.measure) == (
        "withdrawn",
        "misleading",
        None,
    )
    assert [procedure.row(one).state for one in (untrue, other)] == ["upheld", "dismissed"]


def test_what_is_not_public_cannot_be_reported(procedure):
    procedure.measured()
    with pytest.raises(NotFound):
        procedure.send()
    with pytest.raises(NotFound):
        procedure.send(about="listing:" + "0" * 32)


def test_one_connection_sends_so_many_an_hour(procedure, clock):
    for _ in range(COMPLAINTS_AN_HOUR):
        procedure.send(source="here")
    with pytest.raises(TooManyComplaints):
        procedure.send(source="here")
    assert procedure.send(source="elsewhere")
    clock.move(timedelta(hours=1, seconds=1))
    assert procedure.send(source="here")


def test_the_sender_gets_the_key_and_the_owner_does_not(procedure, runtime):
    complaint = procedure.countered()
    found = letters(runtime)
    to_sender = [topic for topic, address, _ in found if address == "owner@right.example"]
    assert to_sender == ["complaint.received", "complaint.measured", "complaint.countered"]
    keys = {ref for _, address, ref in found if address == "owner@right.example"}
    assert keys == {f"sent_complaint:{complaint}"}
    others = {ref for _, address, ref in found if address != "owner@right.example"}
    assert not any(ref.startswith("sent_complaint:") for ref in others)
    with runtime.database.read() as session:
        told = select(Message.person).where(Message.topic == "complaint.measured")
        assert set(session.scalars(told)) == {"officer", "second"}


def test_the_letter_to_the_sender_opens_the_page(procedure, runtime):
    complaint = procedure.send()
    letters(runtime)
    with runtime.database.read() as session:
        letter = session.scalars(select(Dispatch)).one()
        text = compose(session, letter, runtime.executor.ports)
    assert f"/complaints/sent/{procedure.link(complaint)}" in text.body
    assert "权利要求" not in text.body
