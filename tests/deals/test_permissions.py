"""Permission answers and list queries agree, for every role, relation and state."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product

import pytest
from sqlalchemy import select

from core.actor import ANONYMOUS, SYSTEM, Actor, Seat
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.engine.declaration import Side
from deals.models import Deal, Inquiry
from deals.permissions import (
    DealFacts,
    Do,
    InquiryFacts,
    may,
    may_inquiry,
    readable,
    readable_inquiries,
    side_of,
)
from tests.deals.conftest import LISTING, Stage

KINDS = {
    "tto_officer": "institute",
    "researcher": "institute",
    "firm_member": "firm",
    "firm_admin": "firm",
    "broker": "brokerage",
    "operator": "operator",
    "auditor": "operator",
}
PLACES = ("institute", "firm", "rival")
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def actors() -> list[Actor]:
    found = [ANONYMOUS, SYSTEM, Actor("person", "buyer"), Actor("person", "scholar")]
    for (role, kind), place, id in product(KINDS.items(), PLACES, ("buyer", "scholar", "stranger")):
        found.append(Actor("person", id, (Seat(place, kind, frozenset({role})),)))
        if role == "auditor":
            found.append(Actor("person", id, (Seat(place, "institute", frozenset({role})),)))
    return found


PARTIES = list(product(("buyer", None), ("firm", None), ("scholar", None)))


def plant_all(uow: UnitOfWork) -> Done:
    for number, (person, organisation, contact) in enumerate(PARTIES):
        inquiry = Inquiry(
            id=f"inquiry{number}",
            listing=LISTING,
            owner_org="institute",
            asked_at=NOW,
            source="",
            language="zh",
            jurisdiction="cn-zhejiang",
            way="exclusive",
            purpose="",
            timetable="now",
            sender_name="",
            sender_firm="",
            sender_person=person,
            sender_org=organisation,
            contact_person=contact,
            due_on=NOW.date(),
            due_at=NOW,
            remind_at=NOW,
            escalate_at=NOW,
            public_at=NOW,
        )
        uow.create(inquiry).record("planted")
        uow.session.flush()
        for state in ("talking", "notice", "lapsed"):
            deal = Deal(
                id=f"deal{number}{state}",
                mode="negotiated",
                listing=LISTING,
                room="room",
                seller_org="institute",
                opened_at=NOW,
                jurisdiction="cn-zhejiang",
                law_on=NOW.date(),
                profile="",
                currency="CNY",
                owner_is_state=True,
                seller_person=contact,
                buyer_person=person,
                buyer_org=organisation,
                buyer_name="",
                buyer_firm="",
                state=state,
                moved_at=NOW,
            )
            uow.create(deal).record("planted")
    return Done()


def test_answers_and_lists_agree(stage: Stage, executor):
    executor.run(SYSTEM, plant_all)
    with executor.database.read() as session:
        deals = session.scalars(select(Deal)).all()
        inquiries = session.scalars(select(Inquiry)).all()
        for actor in actors():
            listed = set(session.scalars(select(Deal.id).where(readable(actor))))
            answered = {
                row.id
                for row in deals
                if may(
                    actor,
                    Do.READ,
                    DealFacts(row.seller_org, row.seller_person, row.buyer_person, row.buyer_org),
                )
            }
            assert listed == answered, actor
            listed = set(session.scalars(select(Inquiry.id).where(readable_inquiries(actor))))
            answered = {
                row.id
                for row in inquiries
                if may_inquiry(
                    actor,
                    Do.READ,
                    InquiryFacts(
                        row.owner_org, row.contact_person, row.sender_person, row.sender_org
                    ),
                )
            }
            assert listed == answered, actor


FACTS = DealFacts("institute", "scholar", "buyer", "firm")


@pytest.mark.parametrize(
    ("actor", "reads", "side"),
    [
        (
            Actor("person", "o", (Seat("institute", "institute", frozenset({"tto_officer"})),)),
            1,
            "s",
        ),
        (Actor("person", "b", (Seat("firm", "firm", frozenset({"firm_member"})),)), 1, "b"),
        (Actor("person", "buyer", ()), 0, ""),
        (Actor("person", "scholar", ()), 0, ""),
        (Actor("person", "scholar", (Seat("institute", "institute", frozenset()),)), 1, ""),
        (Actor("person", "x", (Seat("rival", "firm", frozenset({"firm_admin"})),)), 0, ""),
        (Actor("person", "x", (Seat("market", "operator", frozenset({"auditor"})),)), 1, ""),
        (Actor("person", "x", (Seat("rival", "firm", frozenset({"auditor"})),)), 0, ""),
        (
            Actor(
                "person",
                "both",
                (
                    Seat("institute", "institute", frozenset({"tto_officer"})),
                    Seat("firm", "firm", frozenset({"firm_admin"})),
                ),
            ),
            1,
            "",
        ),
        (ANONYMOUS, 0, ""),
    ],
)
def test_sides_end_with_their_seats_and_nobody_is_on_both(actor, reads, side):
    assert may(actor, Do.READ, FACTS) == bool(reads)
    assert side_of(actor, FACTS) == {"s": Side.SELLER, "b": Side.BUYER, "": None}[side]
    assert may(actor, Do.ACT, FACTS) == bool(side)
