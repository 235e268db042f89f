"""Rooms: who enters, what opens when, and that every look is written down."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy import select

from accounts.models import Organisation, Person
from core.actor import ANONYMOUS, SYSTEM, Actor, Seat
from core.errors import Forbidden, NotFound
from core.results import Done
from core.unit_of_work import UnitOfWork
from datarooms.actions.accept_nda import accept_nda
from datarooms.actions.add_member import add_member
from datarooms.actions.add_room_file import add_room_file
from datarooms.actions.answer_question import answer_question
from datarooms.actions.ask_question import ask_question
from datarooms.actions.end_membership import end_membership
from datarooms.actions.open_room import open_room
from datarooms.actions.view_file import view_file
from datarooms.admitting import Opening
from datarooms.errors import NameMissing, PromiseNeeded, PromiseSuperseded, QuestionEmpty
from datarooms.models import Room, RoomMember, RoomView
from datarooms.permissions import Do, FileFacts, Grant, RoomFacts, load_facts, may, readable
from datarooms.queries import room_page

OFFICE = Actor("person", "officer", (Seat("institute", "institute", frozenset({"tto_officer"})),))
LAB = Actor("person", "scholar", (Seat("institute", "institute", frozenset({"researcher"})),))
BUYER = Actor("person", "buyer", (Seat("firm", "firm", frozenset({"firm_member"})),))
STRANGER = Actor("person", "else", (Seat("rival", "firm", frozenset({"firm_admin"})),))
OVERSEER = Actor("person", "over", (Seat("market", "operator", frozenset({"auditor"})),))
SHA = "ab" * 32


@pytest.fixture
def room(executor) -> str:
    members = (
        Opening("seller", organisation="institute"),
        Opening("seller", person="scholar", of_organisation="institute"),
        Opening("buyer", organisation="firm"),
    )
    return executor.run(SYSTEM, open_room, "deal:one", members).ref


def put(executor, room: str, actor: Actor, level: str, name: str = "report.pdf") -> str:
    return executor.run(actor, add_room_file, room, level, name, SHA, 9, "application/pdf").ref


@pytest.mark.parametrize(
    ("level", "actor", "promised", "opens"),
    [
        (level, actor, promised, actor in (OFFICE, LAB) or (actor is BUYER and passes))
        for (level, actor, promised) in product(
            ("own", "both", "nda"), (OFFICE, LAB, BUYER, STRANGER, OVERSEER, ANONYMOUS), (0, 1)
        )
        for passes in [level == "both" or (level == "nda" and bool(promised))]
    ],
)
def test_a_file_opens_by_its_level(level, actor, promised, opens):
    grants = (
        Grant("seller", None, "institute", None),
        Grant("seller", "scholar", None, "institute"),
        Grant("buyer", None, "firm", None),
    )
    facts = RoomFacts(grants, bool(promised), FileFacts("seller", level))
    assert may(actor, Do.VIEW, facts) == opens


def test_the_promise_opens_and_the_look_is_written_down(executor, room):
    file = put(executor, room, OFFICE, "nda")
    with pytest.raises(PromiseNeeded):
        executor.run(BUYER, view_file, room, file)
    with pytest.raises(PromiseSuperseded):
        executor.run(BUYER, accept_nda, room, 2, "冉时雨")
    with pytest.raises(NameMissing):
        executor.run(BUYER, accept_nda, room, 1, " ")
    executor.run(BUYER, accept_nda, room, 1, "冉时雨")
    executor.run(BUYER, accept_nda, room, 1, "冉时雨")
    given = executor.run(BUYER, view_file, room, file)
    assert (given.sha256, given.name) == (SHA, "report.pdf")
    with executor.database.read() as session:
        view = session.scalars(select(RoomView)).one()
    assert (view.person, view.side, view.nda) == ("buyer", "buyer", 1)


def test_strangers_and_overseers_get_no_file(executor, room):
    file = put(executor, room, OFFICE, "both")
    for outsider in (STRANGER, ANONYMOUS, OVERSEER):
        with pytest.raises(NotFound):
            executor.run(outsider, view_file, room, file)
    own = put(executor, room, OFFICE, "own", "approval.pdf")
    with pytest.raises(NotFound):
        executor.run(BUYER, view_file, room, own)


def test_a_new_file_of_the_same_name_is_its_next_version(executor, room, database, clock):
    put(executor, room, OFFICE, "both")
    put(executor, room, OFFICE, "both")
    put(executor, room, OFFICE, "own", "approval.pdf")
    with database.read() as session:
        page = room_page(session, BUYER, "deal:one", clock.now)
        ours = room_page(session, OFFICE, "deal:one", clock.now)
        assert room_page(session, STRANGER, "deal:one", clock.now) is None
    assert [(line.name, line.file_version) for line in page.files] == [("report.pdf", 2)]
    assert len(ours.files) == 2
    assert page.promise.startswith("本人")


def test_a_grant_ends_with_the_seat_or_by_hand(executor, room, clock, database):
    file = put(executor, room, OFFICE, "own")
    assert executor.run(LAB, view_file, room, file).size == 9
    gone = Actor("person", "scholar", ())
    with pytest.raises(NotFound):
        executor.run(gone, view_file, room, file)
    executor.run(OFFICE, add_member, room, "seller", person="else", of_organisation="rival")
    assert executor.run(STRANGER, view_file, room, file).size == 9
    with pytest.raises(Forbidden):
        executor.run(BUYER, add_member, room, "seller", person="spy")
    with database.read() as session:
        member = session.scalars(select(RoomMember).where(RoomMember.person == "else")).one().id
    with pytest.raises(Forbidden):
        executor.run(BUYER, end_membership, room, member)
    executor.run(OFFICE, end_membership, room, member)
    with pytest.raises(NotFound):
        executor.run(STRANGER, view_file, room, file)


def test_questions_are_answered_by_the_other_side_once(executor, room):
    with pytest.raises(QuestionEmpty):
        executor.run(BUYER, ask_question, room, " ")
    asked = executor.run(BUYER, ask_question, room, "良率多少？").ref
    with pytest.raises(Forbidden):
        executor.run(BUYER, answer_question, room, asked, "九成")
    executor.run(OFFICE, answer_question, room, asked, "九成以上。")
    with pytest.raises(Forbidden):
        executor.run(OFFICE, answer_question, room, asked, "八成")
    with pytest.raises(NotFound):
        executor.run(STRANGER, ask_question, room, "？")


def test_answers_and_lists_agree(executor, room, database, clock):
    both = Actor("person", "both", (*OFFICE.seats, *BUYER.seats))
    clock.move(timedelta(seconds=1))
    with database.read() as session:
        row = session.get_one(Room, room)
        for actor in (OFFICE, LAB, BUYER, STRANGER, OVERSEER, ANONYMOUS, SYSTEM, both):
            listed = session.scalars(select(Room.id).where(readable(actor, clock.now))).all()
            answered = may(actor, Do.ENTER, load_facts(session, actor, row, clock.now))
            assert (listed == [room]) == answered, actor


def test_tables_of_people_are_not_needed(executor, room):
    """A room belongs to any Ref: it opens where no person or organisation is known to it."""

    def count(uow: UnitOfWork) -> Done:
        at = uow.lock(Room, room)
        people = uow.session.scalars(select(Person.id)).all()
        organisations = uow.session.scalars(select(Organisation.id)).all()
        return Done(f"{at.row.ref} {len(people)} {len(organisations)}")

    assert executor.run(SYSTEM, count).ref == "deal:one 0 0"
