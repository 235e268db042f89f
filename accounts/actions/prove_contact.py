"""The code came back: the contact is the person's."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from accounts.challenges import answer_challenge, refuse_proven
from accounts.errors import ContactTaken, WrongCode
from accounts.models import ContactPoint
from accounts.permissions import is_person
from accounts.results import TurnedAway
from core.results import Done
from core.unit_of_work import UnitOfWork


def prove_contact(
    uow: UnitOfWork, challenge: str, code: str, origin: str = ""
) -> Done | TurnedAway:
    """Every contact is told. Raises ContactTaken, TooManyAttempts."""
    uow.check(is_person)
    answered = answer_challenge(uow, challenge, "add", code, origin)
    if isinstance(answered, TurnedAway):
        return answered
    at, asked = answered
    if at.row.id != uow.actor.person:
        at.record("code_refused", challenge=challenge)
        return TurnedAway(WrongCode.code)
    point = uow.session.scalars(select(ContactPoint).where(ContactPoint.id == asked.contact)).one()
    refuse_proven(at, point)
    point.verified_at = at.now
    at.record("contact_confirmed", contact=point.id)
    try:
        uow.session.flush()
    except IntegrityError:  # two people at once, whose locks do not keep each other out
        raise ContactTaken from None
    at.fact("person.contacts_changed")
    return Done(point.id)
