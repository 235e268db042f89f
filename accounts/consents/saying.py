"""Writes down what a person agreed to, under the person's lock."""

from __future__ import annotations

from accounts.consents.models import Consent
from accounts.consents.queries import in_force
from accounts.consents.rules import TextKind
from accounts.models import Person
from core.times import legal_date
from core.unit_of_work import At


def consent_to_all(at: At[Person]) -> None:
    """Signing up says yes to the versions of the day."""
    today = legal_date(at.now, at.uow.ports.zone)
    holding = in_force(at.uow.session, today)
    for kind in TextKind:
        text = holding[kind].id if kind in holding else None
        at.add(Consent(person=at.row.id, kind=kind, text=text, at=at.now))
