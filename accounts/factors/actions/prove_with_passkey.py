"""Before a step that weighs much, the person's device shows again who they are."""

from __future__ import annotations

from accounts.challenges import check_limits, count_attempt, refuse_exceeded
from accounts.factors.errors import PasskeyRefused
from accounts.factors.passkeys import PasskeyAnswer, use_passkey
from accounts.limits import fingerprint
from accounts.models import Person
from accounts.permissions import is_person
from accounts.results import TurnedAway
from accounts.sessions import note_proof
from core.results import Done
from core.unit_of_work import UnitOfWork


def prove_with_passkey(
    uow: UnitOfWork, session: str, answer: PasskeyAnswer, origin: str = ""
) -> Done | TurnedAway:
    """As `prove_again`, without the password. Raises TooManyAttempts, NotFound."""
    uow.check(is_person)
    person = uow.actor.person or ""
    subject = fingerprint(person)
    check_limits(uow, "sign_in", subject, origin)
    at = uow.lock(Person, person)
    refuse_exceeded(uow.session, "sign_in", subject, origin, at.now)
    if use_passkey(at, answer, "again") is None:
        count_attempt(uow, "sign_in", subject, origin)
        at.record("proof_refused")
        return TurnedAway(PasskeyRefused.code)
    note_proof(at, session, "passkey")
    at.record("proven_again", session=session, by="passkey")
    return Done(session)
