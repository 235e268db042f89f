"""Registering, vetting, inviting, joining, leaving: on a real database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from accounts.actions.accept_invitation import accept_invitation
from accounts.actions.answer_join_request import answer_join_request
from accounts.actions.ask_to_join import ask_to_join
from accounts.actions.change_roles import change_roles
from accounts.actions.correct_organisation import correct_organisation
from accounts.actions.end_membership import end_membership
from accounts.actions.found_operator import found_operator
from accounts.actions.invite_member import invite_member
from accounts.actions.register_organisation import register_organisation
from accounts.actions.sign_in import sign_in
from accounts.actions.vet_organisation import vet_organisation
from accounts.actions.withdraw_invitation import withdraw_invitation
from accounts.codes import hash_token
from accounts.errors import (
    AlreadyAsked,
    AlreadyMember,
    InvitationOver,
    LastAdministrator,
    NumberTaken,
    OperatorExists,
    SecondPersonNeeded,
    StepNotPossible,
)
from accounts.models import JoinRequest, Membership, Organisation
from accounts.permissions import OrganisationFacts, may, readable_organisations
from accounts.queries import (
    find_organisations_by_name,
    find_session,
    is_vetted,
    organisation_names,
    people_in,
    people_names,
)
from core.actor import ANONYMOUS, SYSTEM, Actor, Seat
from core.errors import Forbidden, Invalid, NotFound
from tests.accounts.conftest import PASSWORD, draft


def state_of(world, id):
    with world.executor.database.read() as session:
        return session.get(Organisation, id).state


def seat_of(world, person, organisation):
    with world.executor.database.read() as session:
        m = Membership
        return session.scalar(
            select(m.id).where(m.person == person, m.organisation == organisation)
        )


def register(world, person, number="HRB 77", **more):
    return world.executor.run(world.actor(person), register_organisation, draft(number, **more)).ref


def invite(world, by, mail, roles=("researcher",)):
    asked = world.executor.run(
        world.actor(by), invite_member, world.institute, mail, list(roles), "en"
    )
    return world.codes.token("invitation", asked.ref), asked.ref


def add(world, mail, roles=("researcher",)):
    person = world.person(mail)
    token, _ = invite(world, world.officer, mail, roles)
    world.executor.run(world.actor(person), accept_invitation, token)
    return person


def test_a_firm_waits_and_then_speaks(world):
    mei = world.person("mei@example.org")
    firm = register(world, mei, roles=("firm_member",))
    assert state_of(world, firm) == "applied"
    assert world.actor(mei).roles_in(firm) == {"firm_admin", "firm_member"}
    world.executor.run(world.actor(world.operator), vet_organisation, firm, "approve")
    with world.executor.database.read() as session:
        assert is_vetted(session, firm)


def test_an_unvetted_institute_cannot_speak(world):
    mei = world.person("mei@example.org")
    institute = register(world, mei, kind="institute", roles=("researcher",))
    assert world.actor(mei).roles_in(institute) == {"researcher"}
    assert institute in world.actor(mei).organisations


def test_nobody_registers_an_operator(world):
    mei = world.actor(world.person("mei@example.org"))
    with pytest.raises(Invalid):
        world.executor.run(mei, register_organisation, draft(kind="operator"))
    with pytest.raises(Forbidden):
        world.executor.run(mei, found_operator, {"en": "Mine"}, "1", mei.person)
    with pytest.raises(OperatorExists):
        world.executor.run(SYSTEM, found_operator, {"en": "Mine"}, "1", mei.person)
    with pytest.raises(Forbidden):
        world.executor.run(ANONYMOUS, register_organisation, draft())


def test_who_registered_cannot_vet_even_as_operator(world):
    firm = register(world, world.operator)
    with pytest.raises(SecondPersonNeeded):
        world.executor.run(world.actor(world.operator), vet_organisation, firm, "approve")
    assert state_of(world, firm) == "applied"


def test_the_table_itself_refuses_one_person_for_both(world):
    firm = register(world, world.person("mei@example.org"))
    with world.executor.database.writer.connect() as connection:
        with pytest.raises(IntegrityError):
            connection.execute(
                text("UPDATE organisation SET decided_by = registered_by WHERE id = :id"),
                {"id": firm},
            )
        connection.rollback()


def test_only_operators_vet_and_strangers_learn_of_nothing(world):
    firm = register(world, world.person("mei@example.org"))
    for actor in (world.actor(world.officer), ANONYMOUS):
        with pytest.raises(NotFound):
            world.executor.run(actor, vet_organisation, firm, "approve")


def test_a_refusal_wants_a_reason_and_can_be_put_right(world):
    mei = world.person("mei@example.org")
    firm, operator = register(world, mei), world.actor(world.operator)
    with pytest.raises(Invalid):
        world.executor.run(operator, vet_organisation, firm, "refuse", " ")
    world.executor.run(operator, vet_organisation, firm, "refuse", "The name differs.")
    with pytest.raises(StepNotPossible):
        world.executor.run(operator, vet_organisation, firm, "approve")
    world.executor.run(world.actor(mei), correct_organisation, firm, draft("HRB 78"))
    assert state_of(world, firm) == "applied"
    with pytest.raises(NotFound):
        world.executor.run(world.actor(world.officer), correct_organisation, firm, draft("H 1"))
    with pytest.raises(Invalid):
        world.executor.run(
            world.actor(mei), correct_organisation, firm, draft("H 1", kind="institute")
        )


def test_a_suspended_organisation_holds_no_seat(world):
    operator = world.actor(world.operator)
    world.executor.run(operator, vet_organisation, world.institute, "suspend", "Under inquiry.")
    assert world.actor(world.officer).seats == ()
    world.executor.run(operator, vet_organisation, world.institute, "restore")
    assert world.actor(world.officer).has("tto_officer", world.institute)


def test_a_number_belongs_to_one_vetted_organisation(world):
    mei, lin = world.person("mei@example.org"), world.person("lin@example.org")
    operator = world.actor(world.operator)
    first, second = register(world, mei, "HRB 9"), register(world, lin, "hrb  9")
    world.executor.run(operator, vet_organisation, first, "approve")
    with pytest.raises(NumberTaken):
        world.executor.run(operator, vet_organisation, second, "approve")
    with pytest.raises(NumberTaken):
        register(world, lin, "HRB 9")


def test_an_invitation_gives_one_seat_once(world):
    mei, lin = world.person("mei@example.org"), world.person("lin@example.org")
    token, _ = invite(world, world.officer, "mei@example.org")
    world.executor.run(world.actor(mei), accept_invitation, token)
    assert world.actor(mei).has("researcher", world.institute)
    with pytest.raises(InvitationOver):
        world.executor.run(world.actor(lin), accept_invitation, token)
    with pytest.raises(InvitationOver):
        world.executor.run(world.actor(lin), accept_invitation, token[:-1] + "x")
    with pytest.raises(Forbidden):
        world.executor.run(ANONYMOUS, accept_invitation, token)
    other, _ = invite(world, world.officer, "mei2@example.org")
    with pytest.raises(AlreadyMember):
        world.executor.run(world.actor(mei), accept_invitation, other)


def test_a_withdrawn_or_old_invitation_opens_nothing(world, clock):
    mei = world.actor(world.person("mei@example.org"))
    token, id = invite(world, world.officer, "mei@example.org")
    world.executor.run(world.actor(world.officer), withdraw_invitation, id)
    with pytest.raises(InvitationOver):
        world.executor.run(mei, accept_invitation, token)
    token, id = invite(world, world.officer, "mei@example.org")
    clock.move(timedelta(days=14))
    with pytest.raises(InvitationOver):
        world.executor.run(mei, accept_invitation, token)


def test_only_administrators_invite_and_only_with_roles_of_the_house(world):
    mei = add(world, "mei@example.org")
    with pytest.raises(Forbidden):
        invite(world, mei, "x@example.org")
    for roles in (["operator"], ["firm_admin"], []):
        with pytest.raises(Invalid):
            invite(world, world.officer, "x@example.org", roles)


def test_asking_to_join_is_answered_by_an_administrator(world):
    mei = world.person("mei@example.org")
    asked = world.executor.run(world.actor(mei), ask_to_join, world.institute, "Chemistry")
    with pytest.raises(AlreadyAsked):
        world.executor.run(world.actor(mei), ask_to_join, world.institute)
    with pytest.raises(Forbidden):
        world.executor.run(
            world.actor(mei), answer_join_request, asked.ref, ["tto_officer"], accept=True
        )
    officer = world.actor(world.officer)
    world.executor.run(officer, answer_join_request, asked.ref, ["researcher"], accept=True)
    assert world.actor(mei).has("researcher", world.institute)
    with pytest.raises(StepNotPossible):
        world.executor.run(officer, answer_join_request, asked.ref, [], accept=False)


def test_a_refused_request_gives_nothing(world):
    mei = world.person("mei@example.org")
    asked = world.executor.run(world.actor(mei), ask_to_join, world.institute)
    world.executor.run(world.actor(world.officer), answer_join_request, asked.ref, [], accept=False)
    assert world.actor(mei).seats == ()
    with world.executor.database.read() as session:
        assert session.get(JoinRequest, asked.ref).state == "refused"


def test_an_ended_membership_loses_roles_and_sessions_at_once(world):
    mei = add(world, "mei@example.org")
    world.executor.run(ANONYMOUS, sign_in, "mei@example.org", PASSWORD, hash_token("open"), "", "")
    assert world.actor(mei).has("researcher")
    seat = seat_of(world, mei, world.institute)
    world.executor.run(world.actor(world.officer), end_membership, seat)
    assert world.actor(mei).seats == ()
    with world.executor.database.read() as session:
        now = world.executor.database.now(session)
        assert find_session(session, hash_token("open"), now) is None
    world.executor.run(world.actor(world.officer), end_membership, seat)
    again = add(world, "mei@example.org")
    assert world.actor(again).has("researcher")


def test_members_leave_but_the_last_administrator_stays(world):
    mei = add(world, "mei@example.org")
    officers_seat = seat_of(world, world.officer, world.institute)
    with pytest.raises(Forbidden):
        world.executor.run(world.actor(mei), end_membership, officers_seat)
    world.executor.run(world.actor(mei), end_membership, seat_of(world, mei, world.institute))
    officer = world.actor(world.officer)
    with pytest.raises(LastAdministrator):
        world.executor.run(officer, end_membership, officers_seat)
    with pytest.raises(LastAdministrator):
        world.executor.run(officer, change_roles, officers_seat, ["researcher"])


def test_changed_roles_hold_from_the_next_request(world):
    mei = add(world, "mei@example.org")
    seat = seat_of(world, mei, world.institute)
    officer = world.actor(world.officer)
    world.executor.run(officer, change_roles, seat, ["tto_officer", "expert"], "Deputy")
    assert world.actor(mei).roles_in(world.institute) == {"tto_officer", "expert"}
    world.executor.run(world.actor(mei), end_membership, seat_of(world, world.officer,
                                                                 world.institute))  # fmt: skip
    with pytest.raises(Forbidden):
        world.executor.run(world.actor(world.officer), change_roles, seat, ["expert"])


def test_names_come_in_the_readers_language_or_the_original(world):
    with world.executor.database.read() as session:
        operator = world.actor(world.operator).seats[0].organisation
        ids = [operator, world.institute]
        assert organisation_names(session, ids, "zh") == {
            operator: "市场办公室",
            world.institute: "Works HRB 1",
        }
        assert organisation_names(session, [], "zh") == {}
        assert people_names(session, [world.officer], "en") == {world.officer: "Fei"}
        assert find_organisations_by_name(session, "works") == [world.institute]
        assert find_organisations_by_name(session, "%") == []
        now = world.executor.database.now(session)
        assert people_in(session, world.institute, now, ["tto_officer"]) == [world.officer]
        assert people_in(session, world.institute, now, ["researcher"]) == []


ACTORS = {
    "anonymous": ANONYMOUS,
    "stranger": Actor("person", "s"),
    "member": Actor("person", "m", (Seat("o", "institute", frozenset({"researcher"})),)),
    "officer": Actor("person", "t", (Seat("o", "institute", frozenset({"tto_officer"})),)),
    "other_officer": Actor("person", "u", (Seat("p", "institute", frozenset({"tto_officer"})),)),
    "registrant": Actor("person", "r"),
    "operator": Actor("person", "x", (Seat("m", "operator", frozenset({"operator"})),)),
    "auditor": Actor("person", "y", (Seat("m", "operator", frozenset({"auditor"})),)),
    "registering_operator": Actor("person", "r", (Seat("m", "operator", frozenset({"operator"})),)),
    "system": SYSTEM,
}
STATES = ["applied", "vetted", "refused", "suspended"]


@pytest.mark.parametrize("name", ACTORS)
def test_lists_show_exactly_what_reading_allows(world, name):
    actor = ACTORS[name]
    with world.executor.database.write() as session:
        base = session.get(Organisation, world.institute)
        rows = {}
        for n, state in enumerate(STATES):
            for who in (None, base.registered_by):
                id = f"{n}{who or 'none'}"
                rows[id] = OrganisationFacts(id, "institute", state, who)
                row = Organisation(id=id, kind="institute", state=state, number=id)
                row.registered_by, row.registered_at = who, base.registered_at
                session.add(row)
        session.flush()
        actor = _bound(actor, base.registered_by, "1none")
        o = Organisation
        listed = set(
            session.scalars(select(o.id).where(o.id.in_(rows), readable_organisations(actor)))
        )
        assert listed == {id for id, facts in rows.items() if may(actor, "read", facts)}
        session.rollback()


def _bound(actor, registrant, organisation):
    """The table's placeholders become ids of this database."""
    seats = tuple(
        Seat(organisation if seat.organisation == "o" else seat.organisation, seat.kind, seat.roles)
        for seat in actor.seats
    )
    return Actor(actor.kind, registrant if actor.person == "r" else actor.person, seats)


@pytest.mark.parametrize(
    ("do", "allowed"),
    [
        ("operate", {"operator", "registering_operator", "system"}),
        ("oversee", {"operator", "registering_operator", "auditor", "system"}),
        ("manage", {"officer", "system"}),
        ("decide", {"operator", "system"}),
        (
            "read_members",
            {"member", "officer", "operator", "registering_operator", "auditor", "system"},
        ),
        (
            "ask_to_join",
            {"stranger", "other_officer", "registrant", "operator", "auditor"}
            | {"registering_operator"},
        ),
        ("anything else", set()),
    ],
)
def test_who_may(do, allowed):
    facts = OrganisationFacts("o", "institute", "vetted", "r")
    assert {name for name, actor in ACTORS.items() if may(actor, do, facts)} == allowed


def test_only_the_system_and_overseers_act_without_an_organisation():
    assert not may(ACTORS["officer"], "manage")
    assert may(ACTORS["auditor"], "oversee")
    assert not may(ACTORS["auditor"], "operate")
