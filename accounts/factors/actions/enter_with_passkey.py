"""A passkey alone opens a session: the device is one proof, and knowing its holder is the other."""

from __future__ import annotations

from accounts.challenges import check_limits, count_attempt, refuse_exceeded
from accounts.factors.errors import PasskeyRefused
from accounts.factors.models import Passkey
from accounts.factors.passkeys import PasskeyAnswer, credential_in, use_passkey
from accounts.limits import fingerprint
from accounts.models import Person
from accounts.results import SessionOpened, TurnedAway
from accounts.sessions import open_session
from accounts.states import PersonState
from core.unit_of_work import UnitOfWork


def enter_with_passkey(
    uow: UnitOfWork,
    answer: PasskeyAnswer,
    token_hash: str,
    agent: str = "",
    origin: str = "",
    network: str = "",
) -> SessionOpened | TurnedAway:
    """Only with the device's word that it verified its holder. Raises TooManyAttempts."""
    credential = credential_in(answer.said)
    subject = fingerprint(f"passkey:{credential}")
    check_limits(uow, "sign_in", subject, origin)
    found = uow.find(Passkey.person, Passkey.credential == credential)
    if not found:
        count_attempt(uow, "sign_in", subject, origin)
        return TurnedAway(PasskeyRefused.code)
    at = uow.lock(Person, found[0])
    refuse_exceeded(uow.session, "sign_in", subject, origin, at.now)
    row = use_passkey(at, answer, "first") if at.row.state == PersonState.ACTIVE else None
    if row is None:
        count_attempt(uow, "sign_in", subject, origin)
        at.record("passkey_refused")
        return TurnedAway(PasskeyRefused.code)
    session = open_session(at, token_hash, agent, network)
    at.record("signed_in", session=session.id, by="passkey", passkey=row.id)
    return SessionOpened(session.id, at.row.id)
