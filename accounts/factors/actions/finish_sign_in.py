"""After the password, the second proof opens the session."""

from __future__ import annotations

from accounts.challenges import check_limits, count_attempt, refuse_exceeded
from accounts.factors.errors import PasskeyRefused, StepOver, WrongFactor
from accounts.factors.models import SignInStep
from accounts.factors.passkeys import PasskeyAnswer, use_passkey
from accounts.factors.proving import open_step, use_code
from accounts.limits import fingerprint
from accounts.models import Person
from accounts.results import SessionOpened, TurnedAway
from accounts.sessions import open_session
from core.unit_of_work import At, UnitOfWork


def finish_sign_in(
    uow: UnitOfWork,
    step_hash: str,
    proof: str | PasskeyAnswer,
    token_hash: str,
    agent: str = "",
    origin: str = "",
    network: str = "",
) -> SessionOpened | TurnedAway:
    """`step_hash` is of the token that the password earned, `token_hash` of a fresh one: the token
    changes with every step. `proof` is a code of the app, a recovery code or a
    passkey's answer. Raises StepOver, TooManyAttempts.
    """
    found = uow.find(SignInStep.person, SignInStep.token_hash == step_hash)
    if not found:
        raise StepOver
    subject = fingerprint(f"second:{found[0]}")
    check_limits(uow, "code", subject, origin)
    at = uow.lock(Person, found[0])
    refuse_exceeded(uow.session, "code", subject, origin, at.now)
    step = open_step(at, step_hash)
    used = _use(at, proof)
    if not used:
        count_attempt(uow, "code", subject, origin)
        at.record("factor_refused")
        return TurnedAway((WrongFactor if isinstance(proof, str) else PasskeyRefused).code)
    step.used_at = at.now
    session = open_session(at, token_hash, agent, network)
    at.record("signed_in", session=session.id, by=used)
    if used == "recovery":
        at.fact("person.recovery_code_used")
    return SessionOpened(session.id, at.row.id)


def _use(at: At[Person], proof: str | PasskeyAnswer) -> str:
    if isinstance(proof, str):
        return use_code(at, proof)
    return "passkey" if use_passkey(at, proof, "second") else ""
