"""Sign-up, codes, sign-in, sessions, passwords: on a real database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from accounts.actions.change_password import change_password
from accounts.actions.confirm_contact import confirm_contact
from accounts.actions.finish_reset import finish_reset
from accounts.actions.revoke_session import revoke_session
from accounts.actions.revoke_sessions import revoke_sessions
from accounts.actions.sign_in import sign_in
from accounts.actions.sign_up import sign_up
from accounts.actions.start_reset import start_reset
from accounts.actions.touch_session import touch_session
from accounts.codes import Codes, hash_token
from accounts.errors import ContactTaken, TooManyAttempts
from accounts.members import own_account
from accounts.models import Attempt, Challenge, ContactPoint, Credential, LoginSession, Person
from accounts.queries import find_session, load_actor
from accounts.results import SessionOpened, TurnedAway
from core.actor import ANONYMOUS, SYSTEM
from core.errors import Invalid, NotFound
from core.models import Audit
from core.results import Done
from tests.accounts.conftest import PASSWORD

MAIL = "mei@example.org"


@pytest.fixture
def codes(executor):
    return Codes(executor.ports.secret)


def join(executor, mail=MAIL, password=PASSWORD):
    return executor.run(ANONYMOUS, sign_up, mail, "Mei", password, "en").ref


def confirm(executor, challenge, code, token="first"):
    return executor.run(ANONYMOUS, confirm_contact, challenge, code, hash_token(token))


def enter(executor, mail=MAIL, password=PASSWORD, token="t", origin=""):
    return executor.run(ANONYMOUS, sign_in, mail, password, hash_token(token), "Tests", origin)


def held(executor, token):
    with executor.database.read() as session:
        return find_session(session, hash_token(token), executor.database.now(session))


def count(executor, table, *where):
    with executor.database.read() as session:
        return session.scalar(select(func.count()).select_from(table).where(*where))


@pytest.fixture
def mei(executor, codes):
    challenge = join(executor)
    return confirm(executor, challenge, codes.code(challenge)).person


def test_a_proven_contact_opens_a_session_and_makes_the_person_active(executor, codes):
    challenge = join(executor)
    assert isinstance(enter(executor), TurnedAway), "nothing is proven yet"
    answer = confirm(executor, challenge, codes.code(challenge))
    assert isinstance(answer, SessionOpened)
    assert held(executor, "first").person == answer.person
    assert held(executor, "other") is None
    with executor.database.read() as session:
        actor = load_actor(session, answer.person, executor.database.now(session))
    assert actor.key == f"person:{answer.person}"
    assert actor.language == "en"


def test_a_code_serves_once(executor, codes):
    challenge = join(executor)
    confirm(executor, challenge, codes.code(challenge))
    assert confirm(executor, challenge, codes.code(challenge), "2") == TurnedAway("wrong_code")


def test_five_wrong_codes_end_a_challenge_and_the_limit_speaks(executor, codes, clock):
    challenge = join(executor)
    wrong = "000000" if codes.code(challenge) != "000000" else "111111"
    for _ in range(5):
        assert confirm(executor, challenge, wrong) == TurnedAway("wrong_code")
    with pytest.raises(TooManyAttempts):
        confirm(executor, challenge, codes.code(challenge))
    clock.move(timedelta(minutes=6))
    assert confirm(executor, challenge, codes.code(challenge)) == TurnedAway("wrong_code")


def test_a_code_expires(executor, codes, clock):
    challenge = join(executor)
    clock.move(timedelta(minutes=10))
    assert confirm(executor, challenge, codes.code(challenge)) == TurnedAway("wrong_code")


def test_a_code_for_a_new_contact_resets_no_password(executor, codes):
    challenge = join(executor)
    code = codes.code(challenge)
    answer = executor.run(ANONYMOUS, finish_reset, challenge, code, "another good sentence")
    assert answer == TurnedAway("wrong_code")


def test_signing_up_with_a_known_contact_looks_the_same_and_proves_nothing(executor, codes, mei):
    again = executor.run(ANONYMOUS, sign_up, MAIL, "Mallory", "hers is not this one")
    assert isinstance(again, Done)
    assert len(again.ref) == 32
    assert confirm(executor, again.ref, codes.code(again.ref)) == TurnedAway("wrong_code")
    assert count(executor, Person) == 1
    assert isinstance(enter(executor), SessionOpened), "the owner's password still holds"


def test_who_proves_first_keeps_the_contact(executor, codes):
    one, two = join(executor), join(executor, password="a second sentence, also long")
    confirm(executor, two, codes.code(two))
    with pytest.raises(ContactTaken):
        confirm(executor, one, codes.code(one))


def test_a_sign_up_that_nobody_proves_lapses_without_a_trace_of_the_person(
    executor, clock, runtime
):
    join(executor)
    clock.move(timedelta(days=7, seconds=1))
    with executor.database.read() as session:
        id = session.scalar(select(Person.id))
    executor.settlers = {**executor.settlers, "person": _settler()}
    executor.settle(f"person:{id}")
    with executor.database.read() as session:
        row = session.get(Person, id)
        assert (row.state, row.name) == ("lapsed", "")
    for table in (ContactPoint, Credential, Challenge):
        assert count(executor, table) == 0


def _settler():
    from accounts.actions.settle_person import settle_person

    return settle_person


@pytest.mark.parametrize(
    ("mail", "password"),
    [(MAIL, "wrong one, quite wrong"), ("nobody@example.org", PASSWORD), ("not a contact", "x")],
)
def test_every_failed_sign_in_has_the_same_answer(executor, mei, mail, password):
    assert enter(executor, mail, password) == TurnedAway("wrong_sign_in", {})
    assert count(executor, Attempt, Attempt.what == "sign_in") == 1


def test_an_unknown_contact_costs_a_hash_as_a_known_one_does(executor, mei, monkeypatch):
    from accounts.actions import sign_in as module

    asked = []
    real = module.verify_password
    monkeypatch.setattr(
        module, "verify_password", lambda *args: asked.append(args[0]) or real(*args)
    )
    enter(executor, "nobody@example.org")
    enter(executor, MAIL, "wrong one, quite wrong")
    assert len(asked) == 2
    assert asked[0] is None


@pytest.mark.parametrize("mail", [MAIL, "nobody@example.org"])
def test_ten_failures_in_five_minutes_close_the_door_for_known_and_unknown(
    executor, mei, clock, mail
):
    for _ in range(10):
        assert isinstance(enter(executor, mail, "wrong one, quite wrong"), TurnedAway)
    with pytest.raises(TooManyAttempts) as refused:
        enter(executor, mail)
    assert refused.value.params == {"minutes": 5}
    clock.move(timedelta(minutes=5, seconds=1))
    assert isinstance(enter(executor, mail), SessionOpened if mail == MAIL else TurnedAway)


def test_one_address_cannot_try_many_people(executor, mei):
    for n in range(10):
        enter(executor, f"n{n}@example.org", "x", origin="elsewhere")
    with pytest.raises(TooManyAttempts):
        enter(executor, MAIL, PASSWORD, origin="elsewhere")
    assert isinstance(enter(executor, origin="here"), SessionOpened)


def test_letters_are_limited_per_contact(executor, clock):
    for _ in range(5):
        join(executor)
    with pytest.raises(TooManyAttempts):
        executor.run(ANONYMOUS, start_reset, MAIL)
    clock.move(timedelta(days=1, seconds=1))
    assert executor.run(ANONYMOUS, start_reset, MAIL).ref


def test_attempts_hold_no_address(executor, mei):
    enter(executor, MAIL, "wrong one, quite wrong", origin="")
    with executor.database.read() as session:
        assert all(MAIL not in row.subject for row in session.scalars(select(Attempt)))


def test_the_audit_chain_holds_no_personal_text(executor, mei):
    with executor.database.read() as session:
        bodies = list(session.scalars(select(Audit.body)))
    assert bodies
    assert not [body for body in bodies if "mei" in body.lower() or "example" in body]


def test_a_session_ends_after_twelve_hours(executor, mei, clock):
    session = held(executor, "first").session
    for _ in range(5):
        clock.move(timedelta(hours=2))
        executor.run(SYSTEM, touch_session, session)
    clock.move(timedelta(hours=1, minutes=59))
    assert held(executor, "first")
    clock.move(timedelta(minutes=1))
    assert held(executor, "first") is None


def test_a_session_that_nobody_uses_ends_after_three_hours(executor, mei, clock, world):
    session = held(executor, "first").session
    clock.move(timedelta(hours=2, minutes=59))
    executor.run(SYSTEM, touch_session, session)
    clock.move(timedelta(hours=2, minutes=59))
    assert held(executor, "first")
    clock.move(timedelta(minutes=1))
    assert held(executor, "first") is None
    with executor.database.read() as reading:
        own = own_account(reading, world.actor(mei), executor.database.now(reading))
    assert own.sessions == []


def test_a_revoked_session_is_refused_at_once(executor, mei, world):
    me = world.actor(mei)
    executor.run(me, revoke_session, held(executor, "first").session)
    assert held(executor, "first") is None
    enter(executor, token="a"), enter(executor, token="b")
    assert executor.run(me, revoke_sessions, held(executor, "a").session) == Done("1")
    assert held(executor, "a")
    assert held(executor, "b") is None


def test_nobody_ends_anothers_session(executor, mei, world):
    with pytest.raises(NotFound):
        executor.run(world.actor(world.officer), revoke_session, held(executor, "first").session)
    assert held(executor, "first")


def test_a_used_session_is_noted_now_and_then(executor, mei, clock):
    before = held(executor, "first")
    clock.move(timedelta(minutes=4))
    executor.run(ANONYMOUS, touch_session, before.session)
    assert held(executor, "first").last_seen_at == before.last_seen_at
    clock.move(timedelta(minutes=1))
    executor.run(ANONYMOUS, touch_session, before.session)
    assert held(executor, "first").last_seen_at == before.last_seen_at + timedelta(minutes=5)


def test_a_new_password_ends_every_other_session(executor, mei, world):
    enter(executor, token="here")
    me, keep = world.actor(mei), held(executor, "here").session
    new = "a new and long sentence"
    wrong = executor.run(me, change_password, "not the old one", new, keep)
    assert wrong == TurnedAway("wrong_sign_in")
    executor.run(me, change_password, PASSWORD, new, keep)
    assert held(executor, "here")
    assert held(executor, "first") is None
    assert isinstance(enter(executor), TurnedAway)
    assert isinstance(enter(executor, password=new), SessionOpened)
    with pytest.raises(Invalid):
        executor.run(me, change_password, new, "mei@example.org")


def test_a_forgotten_password_is_replaced_by_proof_of_the_contact(executor, codes, mei):
    challenge = executor.run(ANONYMOUS, start_reset, MAIL).ref
    new = "a new and long sentence"
    answer = executor.run(ANONYMOUS, finish_reset, challenge, codes.code(challenge), new)
    assert answer == Done(mei)
    assert held(executor, "first") is None
    assert isinstance(enter(executor, password=new), SessionOpened)
    again = executor.run(ANONYMOUS, finish_reset, challenge, codes.code(challenge), new)
    assert again == TurnedAway("wrong_code")


def test_a_reset_for_nobody_looks_like_any_other(executor, codes, mei):
    known = executor.run(ANONYMOUS, start_reset, MAIL)
    unknown = executor.run(ANONYMOUS, start_reset, "nobody@example.org")
    assert len(known.ref) == len(unknown.ref) == 32
    for challenge in (known.ref, unknown.ref):
        wrong = "000000" if codes.code(known.ref) != "000000" else "111111"
        answer = executor.run(ANONYMOUS, finish_reset, challenge, wrong, "a good new sentence")
        assert answer == TurnedAway("wrong_code")
    assert count(executor, LoginSession) == 1
