"""Judging and using up second factors; only under the person's lock."""

from __future__ import annotations

import hmac
from datetime import datetime

import pyotp
from sqlalchemy import select

from accounts.codes import Codes, new_recovery_code
from accounts.factors.errors import FactorNotFresh, StepOver
from accounts.factors.models import Authenticator, RecoveryCode, SignInStep
from accounts.factors.queries import in_force
from accounts.factors.rules import (
    RECOVERY_CODES,
    factor_is_fresh,
    open_steps,
    plain_code,
    plain_recovery_code,
    step_of,
)
from accounts.models import LoginSession, Person
from accounts.states import PersonState
from core.stops import kept_in
from core.unit_of_work import At


def open_step(at: At[Person], step_hash: str) -> SignInStep:
    """The locked person's right password that waits for its second proof. Raises StepOver."""
    where = SignInStep.token_hash == step_hash, kept_in(SignInStep.made_at)
    step = at.uow.session.scalars(select(SignInStep).where(*where)).one_or_none()
    active = at.row.state == PersonState.ACTIVE
    if step is None or step.used_at or step.expires_at <= at.now or not active:
        raise StepOver
    return step


def code_at(secret: str, step: int) -> str:
    """The six digits of a step, as the person's app shows them."""
    return pyotp.TOTP(secret).generate_otp(step)


def next_code(secret: str, now: datetime, last: int) -> str:
    """The earliest code that is still taken; the one after where all were used."""
    steps = open_steps(now, last)
    return code_at(secret, steps[0] if steps else step_of(now) + 2)


def matching_step(secret: str, typed: str, now: datetime, last: int) -> int | None:
    """The unused step whose code was typed, or None. Every step is compared, in equal time."""
    plain, found = plain_code(typed).encode(), None
    for step in open_steps(now, last):
        if hmac.compare_digest(code_at(secret, step).encode(), plain):
            found = step
    return found


def app_of(at: At[Person]) -> Authenticator | None:
    where = Authenticator.person == at.row.id, *in_force()
    return at.uow.session.scalars(select(Authenticator).where(*where)).one_or_none()


def use_code(at: At[Person], typed: str) -> str:
    """`app` or `recovery`, by what the code was of, and it never serves again; "" for neither."""
    codes, row = Codes(at.uow.ports.secret), app_of(at)
    if row is not None:
        step = matching_step(codes.app_secret(row.id), typed, at.now, row.last_step)
        if step is not None:
            row.last_step = step
            return "app"
    wanted = codes.recovery_hash(at.row.id, plain_recovery_code(typed))
    for one in _unused(at):
        if hmac.compare_digest(one.hash, wanted):
            one.used_at = at.now
            return "recovery"
    return ""


def new_codes(at: At[Person]) -> list[str]:
    """Ten fresh recovery codes; those of before serve no more."""
    drop_codes(at)
    made = [new_recovery_code() for _ in range(RECOVERY_CODES)]
    codes = Codes(at.uow.ports.secret)
    for code in made:
        hashed = codes.recovery_hash(at.row.id, plain_recovery_code(code))
        at.add(RecoveryCode(person=at.row.id, hash=hashed, made_at=at.now))
    return made


def drop_codes(at: At[Person]) -> None:
    for row in _unused(at):
        row.used_at = at.now


def _unused(at: At[Person]) -> list[RecoveryCode]:
    r = RecoveryCode
    where = r.person == at.row.id, r.used_at.is_(None)
    return list(at.uow.session.scalars(select(r).where(*where)))


def shown_lately(at: At[Person], session: str) -> str:
    """By which second factor this session's holder showed themselves within `SIGNING_LIFE`. Raises
    FactorNotFresh."""
    where = LoginSession.id == session, LoginSession.person == at.row.id
    row = at.uow.session.scalars(select(LoginSession).where(*where)).one_or_none()
    if row is None or row.revoked_at is not None:
        raise FactorNotFresh
    if not factor_is_fresh(row.proven_factor, row.proven_at, at.now):
        raise FactorNotFresh
    return row.proven_factor
