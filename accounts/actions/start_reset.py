"""Somebody has forgotten a password."""

from __future__ import annotations

from accounts.challenges import ask_for_proof, check_limits, count_attempt, need_contact, owner_of
from accounts.limits import fingerprint
from accounts.models import Person
from core.ids import new_id
from core.results import Done
from core.unit_of_work import UnitOfWork


def start_reset(uow: UnitOfWork, contact: str, origin: str = "") -> Done:
    """The ref is a challenge; for an unknown contact one that no code fits, so both look alike.

    Raises Invalid, TooManyAttempts.
    """
    found = need_contact(contact)
    subject = fingerprint(found.value)
    check_limits(uow, "send", subject, origin)
    owner = owner_of(uow, found)
    challenge = new_id()
    if owner is not None:
        at = uow.lock(Person, owner[0])
        challenge = ask_for_proof(at, owner[1], "reset")
        at.record("reset_asked", challenge=challenge)
    count_attempt(uow, "send", subject, origin)
    return Done(challenge)
