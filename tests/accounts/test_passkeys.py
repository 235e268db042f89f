"""Passkeys: added, named, removed; alone, as second step and as fresh proof; on a real database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.actions.sign_in import sign_in
from accounts.codes import hash_token
from accounts.errors import TooManyAttempts
from accounts.factors.actions.add_passkey import add_passkey
from accounts.factors.actions.ask_passkey import ask_passkey
from accounts.factors.actions.drop_factors import drop_factors
from accounts.factors.actions.enter_with_passkey import enter_with_passkey
from accounts.factors.actions.finish_sign_in import finish_sign_in
from accounts.factors.actions.name_passkey import name_passkey
from accounts.factors.actions.prove_with_passkey import prove_with_passkey
from accounts.factors.actions.remove_passkey import remove_passkey
from accounts.factors.errors import FactorNeeded, StepOver, TooManyPasskeys
from accounts.factors.models import Passkey, PasskeyChallenge
from accounts.factors.passkeys import PasskeyAnswer
from accounts.factors.queries import has_factor, own_factors, passkeys_of
from accounts.factors.removing import remove_factors
from accounts.models import Person
from accounts.queries import find_session
from accounts.results import SecondNeeded, SessionOpened, TurnedAway
from core.actor import ANONYMOUS, SYSTEM
from core.errors import Forbidden, Invalid, NotFound
from tests.accounts.conftest import PASSWORD
from tests.passkeys import Device

MAIL = "mei@example.org"
REFUSED = TurnedAway("passkey_refused")


@pytest.fixture
def mei(world):
    return world.person(MAIL)


@pytest.fixture
def device(executor):
    return Device(executor.ports.address)


@pytest.fixture
def codes(world, mei, device):
    """Mei's device has a passkey; these are her recovery codes."""
    return add(world, mei, device).codes


def add(world, person, device, name="Telephone", **more):
    run, actor = world.executor.run, world.actor(person)
    asked = run(actor, ask_passkey, "add", "", "Market")
    answer = PasskeyAnswer(asked.challenge, device.make(asked.options, **more))
    return run(actor, add_passkey, answer, name)


def enter(executor, device, token="whole", **more):
    asked = executor.run(ANONYMOUS, ask_passkey, "first")
    answer = PasskeyAnswer(asked.challenge, device.sign(asked.options, **more))
    return executor.run(ANONYMOUS, enter_with_passkey, answer, hash_token(token))


def half(executor, token="half"):
    return executor.run(ANONYMOUS, sign_in, MAIL, PASSWORD, hash_token(token))


def held(executor, token):
    with executor.database.read() as session:
        return find_session(session, hash_token(token), executor.database.now(session))


def test_the_first_passkey_brings_recovery_codes_and_ends_what_one_proof_opened(
    executor, world, mei, device
):
    half(executor, "before")
    assert held(executor, "before")
    codes = add(world, mei, device).codes
    assert len(set(codes)) == 10
    assert held(executor, "before") is None
    assert add(world, mei, Device(executor.ports.address)).codes == []
    assert half(executor) == SecondNeeded(mei)
    opened = executor.run(
        ANONYMOUS, finish_sign_in, hash_token("half"), codes[0], hash_token("whole")
    )
    assert isinstance(opened, SessionOpened)


def test_a_passkey_alone_opens_a_protected_session(executor, mei, codes, device):
    assert isinstance(enter(executor, device), SessionOpened)
    assert held(executor, "whole").person == mei
    assert held(executor, "whole").protected


def test_alone_it_wants_the_device_to_know_its_holder(executor, codes, device):
    assert enter(executor, replace(device, verifies=False)) == REFUSED


@pytest.mark.parametrize("origin", ["https://localhost:8000", "http://evil.example", "null", ""])
def test_what_another_page_had_signed_opens_nothing(executor, codes, device, origin):
    assert enter(executor, replace(device, origin=origin)) == REFUSED


def test_a_challenge_serves_once_and_not_for_long(executor, codes, device, clock):
    asked = executor.run(ANONYMOUS, ask_passkey, "first")
    answer = PasskeyAnswer(asked.challenge, device.sign(asked.options))
    opened = executor.run(ANONYMOUS, enter_with_passkey, answer, hash_token("a"))
    assert isinstance(opened, SessionOpened)
    assert executor.run(ANONYMOUS, enter_with_passkey, answer, hash_token("b")) == REFUSED
    late = executor.run(ANONYMOUS, ask_passkey, "first")
    clock.move(timedelta(minutes=5))
    answer = PasskeyAnswer(late.challenge, device.sign(late.options))
    assert executor.run(ANONYMOUS, enter_with_passkey, answer, hash_token("c")) == REFUSED


def test_an_answer_to_another_challenge_or_purpose_is_refused(executor, world, mei, codes, device):
    first = executor.run(ANONYMOUS, ask_passkey, "first")
    other = executor.run(ANONYMOUS, ask_passkey, "first")
    crossed = PasskeyAnswer(other.challenge, device.sign(first.options))
    assert executor.run(ANONYMOUS, enter_with_passkey, crossed, hash_token("a")) == REFUSED
    again = executor.run(world.actor(mei), ask_passkey, "again")
    moved = PasskeyAnswer(again.challenge, device.sign(again.options))
    assert executor.run(ANONYMOUS, enter_with_passkey, moved, hash_token("a")) == REFUSED
    nowhere = PasskeyAnswer("0" * 32, device.sign(first.options))
    assert executor.run(ANONYMOUS, enter_with_passkey, nowhere, hash_token("a")) == REFUSED


def test_a_counter_that_does_not_move_on_is_a_copy(executor, codes, device):
    device.counter = 7
    assert isinstance(enter(executor, device), SessionOpened)
    assert enter(executor, device) == REFUSED
    device.counter = 6
    assert enter(executor, device) == REFUSED
    device.counter = 4_294_967_295
    assert isinstance(enter(executor, device, "later"), SessionOpened)


def test_another_key_under_a_known_name_is_refused(executor, codes, device):
    assert enter(executor, Device(device.origin, id=device.id)) == REFUSED
    assert enter(executor, Device(device.origin)) == REFUSED


@pytest.mark.parametrize("said", ["", "{}", "null", "[]", "x" * 99, '{"id":"a"}', "[" * 9000])
def test_what_no_browser_sends_is_refused(executor, world, mei, codes, said):
    asked = executor.run(ANONYMOUS, ask_passkey, "first")
    answer = PasskeyAnswer(asked.challenge, said)
    assert executor.run(ANONYMOUS, enter_with_passkey, answer, hash_token("a")) == REFUSED
    new = executor.run(world.actor(mei), ask_passkey, "add")
    answer = PasskeyAnswer(new.challenge, said)
    assert executor.run(world.actor(mei), add_passkey, answer, "Key") == REFUSED


def test_guesses_are_limited(executor, codes, device):
    stranger = Device(device.origin, id=device.id)
    for _ in range(10):
        assert enter(executor, stranger) == REFUSED
    with pytest.raises(TooManyAttempts):
        enter(executor, device)


def test_as_second_step_the_touch_is_enough(executor, world, mei, codes, device):
    half(executor)
    touched = replace(device, verifies=False)
    asked = executor.run(ANONYMOUS, ask_passkey, "second", hash_token("half"))
    answer = PasskeyAnswer(asked.challenge, touched.sign(asked.options))
    typed = (hash_token("half"), answer, hash_token("whole"))
    assert isinstance(executor.run(ANONYMOUS, finish_sign_in, *typed), SessionOpened)
    assert held(executor, "whole").protected
    with pytest.raises(StepOver):
        executor.run(ANONYMOUS, ask_passkey, "second", hash_token("never given"))


def test_anothers_passkey_is_no_second_step(executor, world, mei, codes, device):
    theirs = Device(device.origin)
    add(world, world.person("other@example.org"), theirs)
    half(executor)
    asked = executor.run(ANONYMOUS, ask_passkey, "second", hash_token("half"))
    answer = PasskeyAnswer(asked.challenge, theirs.sign(asked.options))
    typed = (hash_token("half"), answer, hash_token("whole"))
    assert executor.run(ANONYMOUS, finish_sign_in, *typed) == REFUSED
    assert held(executor, "whole") is None


def test_it_shows_again_who_one_is(executor, world, mei, codes, device, clock):
    session = enter(executor, device).session
    clock.move(timedelta(hours=2))
    me, before = world.actor(mei), held(executor, "whole").proven_at
    asked = executor.run(me, ask_passkey, "again")
    answer = PasskeyAnswer(asked.challenge, device.sign(asked.options))
    executor.run(me, prove_with_passkey, session, answer)
    assert held(executor, "whole").proven_at == before + timedelta(hours=2)
    assert executor.run(me, prove_with_passkey, session, answer) == REFUSED
    with pytest.raises(Forbidden):
        executor.run(ANONYMOUS, ask_passkey, "again")


def test_a_name_is_given_and_changed(executor, world, mei, codes):
    me = world.actor(mei)
    with executor.database.read() as session:
        (key,) = passkeys_of(session, mei)
    executor.run(me, name_passkey, key.id, "  办公室电脑 ")
    with executor.database.read() as session:
        assert [k.name for k in own_factors(session, me).passkeys] == ["办公室电脑"]
    for wrong in ("", "   ", "x" * 61):
        with pytest.raises(Invalid):
            executor.run(me, name_passkey, key.id, wrong)
    for act in (
        lambda who: (who, name_passkey, key.id, "x"),
        lambda w: (w, remove_passkey, key.id),
    ):
        with pytest.raises(NotFound):
            executor.run(*act(world.actor(world.officer)))


def test_a_removed_passkey_opens_nothing(executor, world, mei, codes, device):
    with executor.database.read() as session:
        (key,) = passkeys_of(session, mei)
    executor.run(world.actor(mei), remove_passkey, key.id)
    assert enter(executor, device) == REFUSED
    assert isinstance(half(executor), SessionOpened)
    with executor.database.read() as session:
        assert own_factors(session, world.actor(mei)).codes_left == 0


def test_a_role_that_needs_a_factor_keeps_its_last_one(executor, world, device):
    executor.run(SYSTEM, _without_app, world.officer)
    officer = world.actor(world.officer)
    add(world, world.officer, device)
    with executor.database.read() as session:
        (key,) = passkeys_of(session, world.officer)
    for act in ((remove_passkey, key.id), (drop_factors,)):
        with pytest.raises(FactorNeeded):
            executor.run(officer, *act)


def _without_app(uow, person):
    at = uow.lock(Person, person)
    remove_factors(at)
    at.record("factors_dropped")


def test_turning_factors_off_takes_passkeys_along(executor, world, mei, codes, device):
    executor.run(world.actor(mei), drop_factors)
    assert enter(executor, device) == REFUSED
    with executor.database.read() as session:
        assert not has_factor(session, mei)


def test_a_key_is_added_once_and_ten_at_most(executor, world, mei, codes, device):
    assert add(world, mei, device) == REFUSED
    assert add(world, mei, Device("http://evil.example")) == REFUSED
    for n in range(9):
        add(world, mei, Device(device.origin), f"Key {n}")
    with pytest.raises(TooManyPasskeys):
        add(world, mei, Device(device.origin))


def test_old_challenges_go_when_new_ones_come(executor, clock):
    for _ in range(3):
        executor.run(ANONYMOUS, ask_passkey, "first")
    clock.move(timedelta(hours=2))
    executor.run(ANONYMOUS, ask_passkey, "first")
    with executor.database.read() as session:
        assert len(session.scalars(select(PasskeyChallenge)).all()) == 1


def test_only_the_public_half_is_kept(executor, codes, device):
    with executor.database.read() as session:
        row = session.scalars(select(Passkey)).one()
    private = device.key.private_numbers().private_value.to_bytes(32, "big").hex()
    assert private not in repr(vars(row))
