"""Second factors: apps, recovery codes, the two steps of signing in; on a real database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from accounts.actions.change_password import change_password
from accounts.actions.finish_reset import finish_reset
from accounts.actions.prove_again import prove_again
from accounts.actions.sign_in import sign_in
from accounts.actions.start_reset import start_reset
from accounts.codes import hash_token
from accounts.errors import TooManyAttempts
from accounts.factors.actions.confirm_app import confirm_app
from accounts.factors.actions.drop_factors import drop_factors
from accounts.factors.actions.finish_sign_in import finish_sign_in
from accounts.factors.actions.renew_recovery_codes import renew_recovery_codes
from accounts.factors.actions.start_app import start_app
from accounts.factors.errors import FactorFirst, FactorNeeded, StepOver, WrongFactor
from accounts.factors.models import RecoveryCode
from accounts.factors.proving import code_at
from accounts.factors.queries import has_factor, own_factors
from accounts.factors.rules import needs_factor, open_steps, plain_code, step_of
from accounts.queries import find_session
from accounts.results import SecondNeeded, SessionOpened, TurnedAway
from core.actor import ANONYMOUS
from core.errors import NotFound
from core.models import Audit
from tests.accounts.conftest import PASSWORD
from tests.factors import code_of

MAIL = "mei@example.org"
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.fixture
def mei(world):
    return world.person(MAIL)


@pytest.fixture
def codes(world, mei):
    """Mei has set an app up; these are her recovery codes."""
    return set_up(world, mei)


def set_up(world, person, keep=None):
    run, actor = world.executor.run, world.actor(person)
    app = run(actor, start_app).ref
    with world.executor.database.read() as session:
        now = world.executor.database.now(session)
    code = code_at(world.codes.app_secret(app), step_of(now))
    return run(actor, confirm_app, app, code, keep).codes


def first_step(executor, token="half", password=PASSWORD):
    return executor.run(ANONYMOUS, sign_in, MAIL, password, hash_token(token))


def second_step(executor, code, half="half", token="whole"):
    return executor.run(ANONYMOUS, finish_sign_in, hash_token(half), code, hash_token(token))


def held(executor, token):
    with executor.database.read() as session:
        return find_session(session, hash_token(token), executor.database.now(session))


@pytest.mark.parametrize(
    ("last", "open_ones"),
    [(-9, [-1, 0, 1]), (-2, [-1, 0, 1]), (-1, [0, 1]), (0, [1]), (1, [])],
)
def test_a_used_step_and_those_before_it_are_closed(last, open_ones):
    here = step_of(NOON)
    assert open_steps(NOON, here + last) == [here + step for step in open_ones]


@pytest.mark.parametrize(
    ("typed", "plain"),
    [("123 456", "123456"), (" 1 2 3-4 5 6\n", "123456"), ("１２３４５６", "123456"),
     ("ab1cd-ef2gh", "AB1CDEF2GH"), ("123\u00a0456\u200b", "123456"), ("", "")],
)  # fmt: skip
def test_codes_are_read_as_people_copy_them(typed, plain):
    assert plain_code(typed) == plain


def test_who_must_have_a_second_factor():
    assert needs_factor(["expert", "tto_officer"])
    assert needs_factor(["operator"])
    assert needs_factor(["auditor"])
    assert not needs_factor(["researcher", "firm_admin", "broker", "provider_admin", "expert"])


def test_signing_in_takes_two_steps_once_an_app_is_set_up(executor, mei, codes, clock):
    assert len(set(codes)) == 10
    clock.move(timedelta(seconds=30))
    assert first_step(executor) == SecondNeeded(mei)
    assert held(executor, "half") is None
    code = code_of(executor, mei)
    opened = second_step(executor, code)
    assert isinstance(opened, SessionOpened)
    assert held(executor, "whole").protected
    assert held(executor, "half") is None


def test_a_code_serves_once_with_spaces_or_without(executor, mei, codes, clock):
    clock.move(timedelta(minutes=1))
    first_step(executor)
    code = code_of(executor, mei)
    assert isinstance(second_step(executor, f"{code[:3]} {code[3:]}"), SessionOpened)
    first_step(executor, "again")
    for typed in (code, f" {code} ", f"{code[:3]}-{code[3:]}", "\u3000".join(code)):
        assert second_step(executor, typed, "again", "no") == TurnedAway("wrong_factor")
    assert held(executor, "no") is None


def test_a_step_opens_one_session_and_not_for_long(executor, mei, codes, clock):
    first_step(executor)
    assert isinstance(second_step(executor, codes[0]), SessionOpened)
    with pytest.raises(StepOver):
        second_step(executor, codes[1], token="other")
    first_step(executor, "late")
    clock.move(timedelta(minutes=10))
    with pytest.raises(StepOver):
        second_step(executor, codes[1], "late", "other")
    with pytest.raises(StepOver):
        second_step(executor, codes[1], "never given", "other")


def test_a_recovery_code_serves_once_and_its_owner_is_told(executor, mei, codes, clock):
    first_step(executor)
    assert isinstance(second_step(executor, codes[3].lower()), SessionOpened)
    first_step(executor, "again")
    assert second_step(executor, codes[3], "again", "x") == TurnedAway("wrong_factor")
    with executor.database.read() as session:
        stored = list(session.scalars(select(RecoveryCode.hash)))
        bodies = list(session.scalars(select(Audit.body)))
    assert not [code for code in codes if any(code in text for text in (*stored, *bodies))]


def test_guesses_are_limited_whatever_step_they_come_by(executor, mei, codes, clock):
    for n in range(5):
        first_step(executor, f"h{n}")
        assert second_step(executor, "000000", f"h{n}", "x") == TurnedAway("wrong_factor")
    first_step(executor, "h5")
    with pytest.raises(TooManyAttempts):
        second_step(executor, codes[0], "h5", "x")
    clock.move(timedelta(minutes=5, seconds=1))
    first_step(executor, "h6")
    assert isinstance(second_step(executor, codes[0], "h6", "x"), SessionOpened)


def test_a_day_allows_fifty_guesses(executor, mei, codes, clock):
    tried = 0
    for n in range(150):
        first_step(executor, f"d{n}")
        try:
            second_step(executor, "000000", f"d{n}", "x")
        except TooManyAttempts:
            clock.move(timedelta(minutes=5, seconds=1))
            continue
        tried += 1
    assert 20 < tried <= 50


def test_setting_an_app_up_ends_the_sessions_that_one_proof_opened(executor, world, mei):
    first_step(executor, "here")
    first_step(executor, "elsewhere")
    set_up(world, mei, held(executor, "here").session)
    assert held(executor, "here").protected
    assert held(executor, "elsewhere") is None


def test_a_wrong_code_sets_nothing_up_and_anothers_app_is_unknown(executor, world, mei):
    me = world.actor(mei)
    app = executor.run(me, start_app).ref
    with pytest.raises(WrongFactor):
        executor.run(me, confirm_app, app, "000000")
    with pytest.raises(NotFound):
        executor.run(world.actor(world.officer), confirm_app, app, "000000")
    with executor.database.read() as session:
        assert not has_factor(session, mei)
    assert isinstance(first_step(executor), SessionOpened)


def test_a_new_app_takes_the_place_of_the_old_and_keeps_the_codes(executor, world, mei, codes):
    assert set_up(world, mei) == []
    first_step(executor)
    assert isinstance(second_step(executor, codes[0]), SessionOpened)
    with executor.database.read() as session:
        assert own_factors(session, world.actor(mei)).codes_left == 9


def test_new_recovery_codes_void_the_old(executor, world, mei, codes):
    fresh = executor.run(world.actor(mei), renew_recovery_codes).codes
    assert not set(fresh) & set(codes)
    first_step(executor)
    assert second_step(executor, codes[0]) == TurnedAway("wrong_factor")
    assert isinstance(second_step(executor, fresh[0]), SessionOpened)
    with pytest.raises(FactorFirst):
        executor.run(world.actor(world.person("lin@example.org")), renew_recovery_codes)


def test_it_can_be_turned_off_unless_a_role_needs_it(executor, world, mei, codes):
    executor.run(world.actor(mei), drop_factors)
    assert isinstance(first_step(executor), SessionOpened)
    with pytest.raises(FactorNeeded):
        executor.run(world.actor(world.officer), drop_factors)
    with executor.database.read() as session:
        assert has_factor(session, world.officer)


def test_a_reset_keeps_the_second_factor(executor, world, mei, codes):
    first_step(executor, "before")
    challenge = executor.run(ANONYMOUS, start_reset, MAIL).ref
    new = "a new and long sentence"
    executor.run(ANONYMOUS, finish_reset, challenge, world.codes.code(challenge), new)
    with pytest.raises(StepOver):
        second_step(executor, codes[0], "before")
    assert first_step(executor, password=new) == SecondNeeded(mei)
    assert isinstance(second_step(executor, codes[0]), SessionOpened)


def test_a_changed_password_ends_a_sign_in_that_waits(executor, world, mei, codes):
    first_step(executor)
    executor.run(world.actor(mei), change_password, PASSWORD, "a new and long sentence")
    with pytest.raises(StepOver):
        second_step(executor, codes[0])


def test_a_proof_makes_a_session_fresh_and_a_wrong_one_counts(executor, world, mei, clock):
    first_step(executor, "t")
    signed = held(executor, "t")
    clock.move(timedelta(hours=2))
    me = world.actor(mei)
    wrong = executor.run(me, prove_again, signed.session, "not my password")
    assert wrong == TurnedAway("not_proven_again")
    assert held(executor, "t").proven_at == signed.created_at
    executor.run(me, prove_again, signed.session, PASSWORD)
    assert held(executor, "t").proven_at == signed.created_at + timedelta(hours=2)
    for _ in range(9):
        executor.run(me, prove_again, signed.session, "not my password")
    with pytest.raises(TooManyAttempts):
        executor.run(me, prove_again, signed.session, PASSWORD)
    with pytest.raises(NotFound):
        executor.run(world.actor(world.officer), prove_again, signed.session, PASSWORD)
