"""When somebody leaves, nothing that they answered for is orphaned: on the whole sample market."""

from __future__ import annotations

import random

import pytest
from sqlalchemy import select

from accounts import handing_over
from accounts.actions.end_membership import end_membership
from accounts.actions.name_heir import name_heir
from accounts.handing_over import duties_of
from accounts.models import Membership
from core.actor import SYSTEM
from core.audit import verify_streams
from core.errors import Forbidden, Invalid
from core.models import Job
from listings.models import Listing
from notifications.models import Message
from tests.people.conftest import HOLDINGS

EVERY_DATABASE = True

AUTHOR = "listing.author"


def busiest(people, role, *, not_in=()):
    """The member of this role who answers for most, with a colleague in the same house."""
    seats = [one for one in people.seats() if role in one.roles and one.id not in not_in]

    def load(seat):
        with people.market.database.read() as session:
            return duties_of(session, HOLDINGS, seat.person, seat.organisation, 1)[1]

    seat = max(seats, key=load)
    house = [one for one in people.seats() if one.organisation == seat.organisation]
    approvers_last = sorted(house, key=lambda one: "tto_officer" in one.roles)
    return seat, [one for one in approvers_last if one.person != seat.person]


def held_by(people, person, organisation):
    with people.market.database.read() as session:
        duties, total = duties_of(session, HOLDINGS, person, organisation, 1000)
    assert len(duties) == total
    return {duty.key for duty in duties}


def can_take(people, person, keys):
    """What a colleague takes over as it is: a room's grant is made anew, and whoever approved a
    text cannot answer for it."""
    with people.market.database.read() as session:
        approved = select(Listing.id).where(Listing.approved_by == person)
        own = {f"{AUTHOR}:{id}" for id in session.scalars(approved)}
    return {key for key in keys if not key.startswith("room_member")} - own


def test_one_colleague_gets_all_but_what_is_named_for_another(people):
    seat, colleagues = busiest(people, "researcher")
    run, (first, second) = people.market.executor.run, colleagues[:2]
    before = held_by(people, seat.person, seat.organisation)
    single = min(can_take(people, second.person, before))
    with pytest.raises(Invalid):
        run(people.actor(seat.person), end_membership, seat.id, "nobody")
    with pytest.raises(Forbidden):
        run(people.actor(people.seats()[-1].person), name_heir, seat.organisation, first.person)
    assert held_by(people, seat.person, seat.organisation) == before
    run(
        people.actor(seat.person),
        end_membership,
        seat.id,
        first.person,
        {single: second.person},
    )
    assert held_by(people, seat.person, seat.organisation) == set()
    moved = can_take(people, first.person, before - {single})
    assert moved <= held_by(people, first.person, seat.organisation)
    assert single in held_by(people, second.person, seat.organisation)
    people.work()
    with people.market.database.read() as session:
        told = select(Message.person).where(Message.topic == "person.took_over")
        assert {first.person, second.person} <= set(session.scalars(told))


def test_the_page_no_longer_names_the_one_who_left(people):
    with people.market.database.read() as session:
        row = session.scalars(
            select(Listing).where(Listing.contact_person.is_not(None)).order_by(Listing.id)
        ).first()
        listing, person, house, name = row.id, row.contact_person, row.owner_org, row.contact_name
    seat = next(s for s in people.seats() if (s.person, s.organisation) == (person, house))
    people.market.executor.run(SYSTEM, end_membership, seat.id)
    with people.market.database.read() as session:
        row = session.get(Listing, listing)
        assert row.contact_person not in (None, person)
        assert row.contact_name not in (None, "", name)


def test_on_the_last_day_the_organisations_own_heir_takes_over(people, monkeypatch):
    """Set by date, ended by the clock, handed over by timer and job, in more than one batch."""
    seat, colleagues = busiest(people, "researcher")
    heir, office = colleagues[0].person, colleagues[-1]
    market = people.market
    run = market.executor.run
    run(people.actor(office.person), name_heir, seat.organisation, heir)
    with market.database.read() as session:
        now = market.database.now(session)
    today = now.astimezone(market.settings.zone).date()
    run(people.actor(seat.person), end_membership, seat.id, last_day=today)
    before = held_by(people, seat.person, seat.organisation)
    assert before
    monkeypatch.setattr(handing_over, "AT_ONCE", 1)
    with market.database.write() as session:  # the night passes
        session.get(Membership, seat.id).ends_at = now
        session.commit()
    market.executor.settle(f"organisation:{seat.organisation}")
    people.work()
    assert held_by(people, seat.person, seat.organisation) == set()
    assert can_take(people, heir, before) <= held_by(people, heir, seat.organisation)
    with market.database.read() as session:
        job = session.scalars(select(Job).where(Job.kind == "hand_over", Job.ref == seat.id)).one()
        assert (job.state, job.progress) == ("done", len(before))
        assert len({key.rpartition(":")[2] for key in before}) > 1


def test_after_any_ending_no_row_names_an_ex_member_as_responsible(people):
    """Everybody leaves in an order drawn at random, some without anybody left to take over."""
    seats = people.seats()
    random.Random(4).shuffle(seats)
    for at, seat in enumerate(seats):
        people.market.executor.run(SYSTEM, end_membership, seat.id)
        if at % 10 == 9:
            people.work()
            assert people.orphans() == []
    people.work()
    assert (people.seats(), people.orphans()) == ([], [])
    with people.market.database.read() as session:
        assert verify_streams(session).faults == []
