"""Before a step that binds, the person types a code of their second factor."""

from __future__ import annotations

from accounts.challenges import check_limits, count_attempt, refuse_exceeded
from accounts.factors.errors import WrongFactor
from accounts.factors.proving import use_code
from accounts.limits import fingerprint
from accounts.models import Person
from accounts.permissions import is_person
from accounts.results import TurnedAway
from accounts.sessions import note_proof
from core.results import Done
from core.unit_of_work import UnitOfWork


def prove_with_code(
    uow: UnitOfWork, session: str, typed: str, origin: str = ""
) -> Done | TurnedAway:
    """As `prove_again`, with a code of the app or of paper. Raises TooManyAttempts, NotFound."""
    uow.check(is_person)
    person = uow.actor.person or ""
    subject = fingerprint(person)
    check_limits(uow, "sign_in", subject, origin)
    at = uow.lock(Person, person)
    refuse_exceeded(uow.session, "sign_in", subject, origin, at.now)
    by = use_code(at, typed)
    if not by:
        count_attempt(uow, "sign_in", subject, origin)
        at.record("proof_refused")
        return TurnedAway(WrongFactor.code)
    note_proof(at, session, by)
    at.record("proven_again", session=session, by=by)
    return Done(session)
