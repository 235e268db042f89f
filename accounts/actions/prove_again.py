"""Before a step that weighs much, the person shows again who they are."""

from __future__ import annotations

from accounts.challenges import check_limits, count_attempt, refuse_exceeded
from accounts.factors.errors import NotProvenAgain
from accounts.limits import fingerprint
from accounts.models import Credential, Person
from accounts.passwords import verify_password
from accounts.permissions import is_person
from accounts.results import TurnedAway
from accounts.sessions import current_credential, note_proof
from core.results import Done
from core.unit_of_work import UnitOfWork


def prove_again(
    uow: UnitOfWork, session: str, password: str, origin: str = ""
) -> Done | TurnedAway:
    """The session counts as fresh from now on. Raises TooManyAttempts, NotFound."""
    uow.check(is_person)
    person = uow.actor.person or ""
    subject = fingerprint(person)
    check_limits(uow, "sign_in", subject, origin)
    hashes = uow.find(
        Credential.hash, Credential.person == person, Credential.replaced_at.is_(None)
    )
    good = verify_password(hashes[0] if hashes else None, password)
    at = uow.lock(Person, person)
    refuse_exceeded(uow.session, "sign_in", subject, origin, at.now)
    credential = current_credential(uow.session, person)
    if not good or credential is None or credential.hash not in hashes:
        count_attempt(uow, "sign_in", subject, origin)
        at.record("proof_refused")
        return TurnedAway(NotProvenAgain.code)
    note_proof(at, session)
    at.record("proven_again", session=session)
    return Done(session)
