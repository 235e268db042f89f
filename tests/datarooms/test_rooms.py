"""Rooms: who enters, what opens when, and that every look is written down."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy import select

from accounts.factors.actions.prove_with_code import prove_with_code
from accounts.factors.errors import FactorNotFresh
from accounts.models import LoginSession, Membership, Organisation, Person
from accounts.queries import load_actor
from core.actor import ANONYMOUS, SYSTEM, Actor, Seat
from core.errors import Forbidden, Invalid, NotFound
from core.results import Done
from core.unit_of_work import UnitOfWork
from datarooms.actions.accept_nda import accept_nda
from datarooms.actions.add_member import add_member
from datarooms.actions.add_room_file import add_room_file
from datarooms.actions.answer_question import answer_question
from datarooms.actions.ask_question import ask_question
from datarooms.actions.close_room import close_room
from datarooms.actions.end_membership import end_membership
from datarooms.actions.open_room import open_room
from datarooms.actions.remove_room_file import remove_room_file
from datarooms.actions.set_nda import LONGEST_TERMS, set_nda
from datarooms.actions.view_file import view_file
from datarooms.admitting import Opening
from datarooms.errors import (
    FilesClosed,
    NameMissing,
    NoColleague,
    PromiseNeeded,
    PromiseSuperseded,
    QuestionEmpty,
    RoomClosed,
    TermsUnchanged,
)
from datarooms.models import NdaAcceptance, Room, RoomMember, RoomView
from datarooms.permissions import Do, FileFacts, Grant, RoomFacts, load_facts, may, readable
from datarooms.queries import room_page, room_people
from tests.factors import code_of, protect

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


@pytest.mark.parametrize(
    ("level", "of", "actor", "opens"),
    [
        ("both", "seller", OFFICE, True),
        ("both", "buyer", OFFICE, True),
        ("nda", "buyer", OFFICE, True),
        ("own", "buyer", OFFICE, False),
        ("both", "seller", BUYER, False),
        ("nda", "seller", BUYER, False),
        ("nda", "buyer", BUYER, True),
        ("both", "buyer", LAB, False),
        ("both", "seller", STRANGER, False),
        ("both", "seller", OVERSEER, False),
    ],
)
def test_a_closed_room_opens_for_the_office_and_for_what_is_ones_own(level, of, actor, opens):
    grants = (
        Grant("seller", None, "institute", None),
        Grant("seller", "scholar", None, "institute"),
        Grant("buyer", None, "firm", None),
    )
    facts = RoomFacts(grants, True, FileFacts(of, level), closed=True)
    assert may(actor, Do.VIEW, facts) == opens


@pytest.fixture
def people(executor) -> dict[str, str]:
    """The people of both sides as rows, with a session each; by person, the session's id."""

    def plant(uow: UnitOfWork) -> Done:
        now = uow.now(uow.open())
        houses = {"institute": "institute", "firm": "firm"}
        for id, kind in houses.items():
            row = Organisation(id=id, kind=kind, state="vetted", number=id, registered_at=now)
            uow.create(row).record("planted")
        uow.session.flush()
        for id, house, role in (
            ("officer", "institute", "tto_officer"),
            ("scholar", "institute", "researcher"),
            ("colleague", "institute", "researcher"),
            ("buyer", "firm", "firm_member"),
        ):
            person = uow.create(Person(id=id, name=id.title(), state="active", created_at=now))
            person.record("planted")
            uow.session.flush()
            seat = Membership(organisation=house, person=id, roles=[role], starts_at=now)
            uow.held[f"organisation:{house}"].add(seat)
            uow.add(
                LoginSession(
                    token_hash=id, person=id, created_at=now, last_seen_at=now,
                    expires_at=now + timedelta(days=1),
                )
            )  # fmt: skip
        return Done()

    executor.run(SYSTEM, plant)
    with executor.database.read() as session:
        rows = session.execute(select(LoginSession.person, LoginSession.id))
        return dict(rows.all())


def proven(executor, person: str, session: str) -> str:
    """The session, in which the person has just shown the code of their app."""
    executor.run(SYSTEM, protected, person)
    actor = Actor("person", person, ())
    executor.run(actor, prove_with_code, session, code_of(executor, person))
    return session


def protected(uow: UnitOfWork, person: str) -> Done:
    protect(uow, person)
    return Done()


def test_the_promise_opens_and_the_look_is_written_down(executor, room, people):
    file = put(executor, room, OFFICE, "nda")
    with pytest.raises(PromiseNeeded):
        executor.run(BUYER, view_file, room, file)
    with pytest.raises(FactorNotFresh):
        executor.run(BUYER, accept_nda, room, 1, "冉时雨", people["buyer"])
    shown = proven(executor, "buyer", people["buyer"])
    with pytest.raises(PromiseSuperseded):
        executor.run(BUYER, accept_nda, room, 2, "冉时雨", shown)
    with pytest.raises(NameMissing):
        executor.run(BUYER, accept_nda, room, 1, " ", shown)
    with pytest.raises(FactorNotFresh):  # the session of somebody else proves nothing
        executor.run(BUYER, accept_nda, room, 1, "冉时雨", people["officer"])
    executor.run(BUYER, accept_nda, room, 1, "冉时雨", shown)
    executor.run(BUYER, accept_nda, room, 1, "冉时雨", shown)
    given = executor.run(BUYER, view_file, room, file)
    assert (given.sha256, given.name) == (SHA, "report.pdf")
    with executor.database.read() as session:
        view = session.scalars(select(RoomView)).one()
        accepted = session.scalars(select(NdaAcceptance)).one()
    assert (view.person, view.side, view.nda) == ("buyer", "buyer", 1)
    assert (accepted.version, accepted.factor) == (1, "app")


def test_a_proof_serves_for_five_minutes(executor, room, people, clock):
    shown = proven(executor, "buyer", people["buyer"])
    clock.move(timedelta(minutes=6))
    with pytest.raises(FactorNotFresh):
        executor.run(BUYER, accept_nda, room, 1, "冉时雨", shown)


def test_new_terms_are_accepted_afresh(executor, room, people, database, clock):
    file, shown = put(executor, room, OFFICE, "nda"), proven(executor, "buyer", people["buyer"])
    executor.run(BUYER, accept_nda, room, 1, "冉时雨", shown)
    with database.read() as session:
        words = room_people(session, OFFICE, room, clock.now).words
        assert room_people(session, BUYER, room, clock.now).words == {}
    assert words.keys() == {"zh", "en"}
    with pytest.raises(TermsUnchanged):
        executor.run(OFFICE, set_nda, room, 1, words)
    for wrong in ({"zh": " "}, {"en": "x" * (LONGEST_TERMS + 1)}):
        with pytest.raises(Invalid):
            executor.run(OFFICE, set_nda, room, 1, wrong)
    for other in (BUYER, LAB):
        with pytest.raises(Forbidden):
            executor.run(other, set_nda, room, 1, {"zh": "不得外传。"})
    executor.run(OFFICE, set_nda, room, 1, {"zh": "不得外传。", "en": ""})
    with pytest.raises(PromiseSuperseded):
        executor.run(OFFICE, set_nda, room, 1, {"zh": "再改。"})
    with pytest.raises(PromiseNeeded):
        executor.run(BUYER, view_file, room, file)
    with database.read() as session:
        page = room_page(session, BUYER, "deal:one", clock.now)
    assert (page.nda, page.promised, page.promise) == (2, False, "不得外传。")
    executor.run(BUYER, accept_nda, room, 2, "冉时雨", shown)
    assert executor.run(BUYER, view_file, room, file).size == 9
    with database.read() as session:
        promises = room_people(session, OFFICE, room, clock.now).promises
    assert {(one.name, one.version, one.factor) for one in promises} == {
        ("Buyer", 1, "app"), ("Buyer", 2, "app"),
    }  # fmt: skip


def test_a_closed_room_takes_nothing_more(executor, room, people, database, clock):
    theirs, ours = (
        put(executor, room, BUYER, "nda", "plan.pdf"),
        put(executor, room, OFFICE, "both"),
    )
    asked = executor.run(BUYER, ask_question, room, "良率多少？").ref
    shown = proven(executor, "buyer", people["buyer"])
    for _again in range(2):
        executor.run(SYSTEM, close_room, room)
    for act in (
        (BUYER, accept_nda, room, 1, "冉时雨", shown),
        (OFFICE, set_nda, room, 1, {"zh": "不得外传。"}),
        (OFFICE, add_member, room, "colleague"),
        (OFFICE, ask_question, room, "何时？"),
        (OFFICE, answer_question, room, asked, "九成。"),
        (OFFICE, remove_room_file, room, ours),
        (OFFICE, add_room_file, room, "both", "new.pdf", SHA, 9, "application/pdf"),
    ):
        with pytest.raises(RoomClosed):
            executor.run(*act)
    with pytest.raises(FilesClosed):
        executor.run(BUYER, view_file, room, ours)
    assert executor.run(BUYER, view_file, room, theirs).size == 9
    assert executor.run(OFFICE, view_file, room, ours).size == 9
    with database.read() as session:
        page = room_page(session, BUYER, "deal:one", clock.now)
    assert {line.name: line.open for line in page.files} == {"plan.pdf": True, "report.pdf": False}


def test_strangers_and_overseers_get_no_file(executor, room):
    file = put(executor, room, OFFICE, "both")
    for outsider in (STRANGER, ANONYMOUS, OVERSEER):
        with pytest.raises(NotFound):
            executor.run(outsider, view_file, room, file)
    own = put(executor, room, OFFICE, "own", "approval.pdf")
    with pytest.raises(NotFound):
        executor.run(BUYER, view_file, room, own)


def test_a_new_file_of_the_same_name_is_its_next_version(executor, room, people, database, clock):
    first = put(executor, room, OFFICE, "both")
    executor.run(BUYER, view_file, room, first)
    clock.move(timedelta(minutes=1))
    executor.run(BUYER, view_file, room, first)
    seen_at, second = clock.now, put(executor, room, OFFICE, "both")
    put(executor, room, OFFICE, "own", "approval.pdf")
    executor.run(OFFICE, view_file, room, second)
    with database.read() as session:
        page = room_page(session, BUYER, "deal:one", clock.now)
        ours = room_page(session, OFFICE, "deal:one", clock.now)
        assert room_page(session, STRANGER, "deal:one", clock.now) is None
    [line] = page.files
    [old] = line.older
    assert (line.name, line.file_version, old.file_version) == ("report.pdf", 2, 1)
    assert [look.name for look in line.looks] == ["Officer"]
    assert [(look.name, look.times, look.at) for look in old.looks] == [("Buyer", 2, seen_at)]
    assert len(ours.files) == 2
    assert page.promise.startswith("本人")
    with pytest.raises(Forbidden):
        executor.run(BUYER, remove_room_file, room, second)
    executor.run(OFFICE, remove_room_file, room, second)
    with pytest.raises(NotFound):
        executor.run(BUYER, view_file, room, second)
    with database.read() as session:
        page = room_page(session, BUYER, "deal:one", clock.now)
    assert [(one.file_version, one.older) for one in page.files] == [(1, ())]
    put(executor, room, OFFICE, "both")
    with database.read() as session:
        page = room_page(session, BUYER, "deal:one", clock.now)
    assert page.files[0].file_version == 3


def test_a_colleague_is_let_in_until_the_grant_or_the_seat_ends(
    executor, room, people, clock, database
):
    file = put(executor, room, OFFICE, "own")
    assert executor.run(LAB, view_file, room, file).size == 9
    gone = Actor("person", "scholar", ())
    with pytest.raises(NotFound):
        executor.run(gone, view_file, room, file)
    with database.read() as session:
        colleague = load_actor(session, "colleague", clock.now)
        offered = room_people(session, OFFICE, room, clock.now).colleagues
        assert room_people(session, LAB, room, clock.now).colleagues == {}
    assert offered == {"officer": "Officer", "colleague": "Colleague"}
    with pytest.raises(NotFound):
        executor.run(colleague, view_file, room, file)
    for by, whom, refusal in (
        (LAB, "colleague", Forbidden),
        (BUYER, "colleague", NoColleague),
        (OFFICE, "buyer", NoColleague),
    ):
        with pytest.raises(refusal):
            executor.run(by, add_member, room, whom)
    for _again in range(2):
        executor.run(OFFICE, add_member, room, "colleague")
    assert executor.run(colleague, view_file, room, file).size == 9
    with database.read() as session:
        rows = {row.person: row.id for row in session.scalars(select(RoomMember))}
        lines = room_people(session, OFFICE, room, clock.now).members
    assert [one.person for one in lines if one.may_end] == ["scholar", "colleague"]
    assert len(lines) == 4
    for by in (BUYER, LAB):
        with pytest.raises(Forbidden):
            executor.run(by, end_membership, room, rows["colleague"])
    with database.read() as session:
        whole = session.scalars(select(RoomMember).where(RoomMember.organisation == "institute"))
        house = whole.one().id
    with pytest.raises(Forbidden):
        executor.run(OFFICE, end_membership, room, house)
    executor.run(OFFICE, end_membership, room, rows["colleague"])
    with pytest.raises(NotFound):
        executor.run(colleague, view_file, room, file)


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
