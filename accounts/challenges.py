"""Asking for proof of a contact point, and judging the code that comes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.codes import Codes
from accounts.contacts import Contact, read_contact
from accounts.errors import ContactTaken, TooManyAttempts, WrongCode
from accounts.limits import exceeded, fingerprint
from accounts.models import Attempt, Challenge, ContactPoint, Person
from accounts.results import TurnedAway
from accounts.rules import CODE_ATTEMPTS, CODE_LIFE
from core.actor import Actor
from core.errors import Invalid, Problem
from core.i18n import N_
from core.ids import new_id
from core.unit_of_work import At, UnitOfWork

Purpose = Literal["confirm", "reset", "known", "add"]


def need_contact(text: str) -> Contact:
    """The contact that was typed. Raises Invalid."""
    found = read_contact(text)
    if found is None:
        sentence = N_("Write a mail address, or a mobile number with its country code.")
        raise Invalid({"contact": [Problem("contact", sentence)]})
    return found


def owner_of(uow: UnitOfWork, contact: Contact) -> tuple[str, str] | None:
    """(person, contact point) that has proven this contact, for locking."""
    where = (
        ContactPoint.kind == contact.kind,
        ContactPoint.value == contact.value,
        ContactPoint.verified_at.is_not(None),
    )
    people, points = uow.find(ContactPoint.person, *where), uow.find(ContactPoint.id, *where)
    return (people[0], points[0]) if people and points else None


def ask_for_proof(at: At[Person], contact: str, purpose: Purpose) -> str:
    """Id of a new challenge; the letter follows from the fact."""
    row = Challenge(
        id=new_id(),
        person=at.row.id,
        contact=contact,
        purpose=purpose,
        made_at=at.now,
        expires_at=at.now + CODE_LIFE,
    )
    at.add(row)
    at.fact("person.challenged")
    return row.id


def judge(row: Challenge, purpose: Purpose, fits: bool, now: datetime) -> bool:
    """Single use, five attempts, a quarter of an hour."""
    return (
        fits
        and row.purpose == purpose
        and row.used_at is None
        and row.attempts < CODE_ATTEMPTS
        and now < row.expires_at
    )


def answer_challenge(
    uow: UnitOfWork, challenge: str, purpose: Purpose, code: str, origin: str
) -> tuple[At[Person], Challenge] | TurnedAway:
    """Locks the person and judges the code. A wrong one is counted, whoever it was meant for."""
    subject = fingerprint(challenge)
    check_limits(uow, "code", subject, origin)
    people = uow.find(Challenge.person, Challenge.id == challenge)
    if people:
        at = uow.lock(Person, people[0])
        row = uow.session.scalars(select(Challenge).where(Challenge.id == challenge)).one()
        if judge(row, purpose, Codes(uow.ports.secret).fits(challenge, code), at.now):
            row.used_at = at.now
            return at, row
        row.attempts += 1
        at.record("code_refused", challenge=challenge)
    count_attempt(uow, "code", subject, origin)
    return TurnedAway(WrongCode.code)


def refuse_proven(at: At[Person], point: ContactPoint) -> None:
    """Raises ContactTaken where somebody else proved this contact in between."""
    other = at.uow.session.scalar(
        select(ContactPoint.id).where(
            ContactPoint.kind == point.kind,
            ContactPoint.value == point.value,
            ContactPoint.verified_at.is_not(None),
        )
    )
    if other is not None and other != point.id:
        raise ContactTaken


def count_attempt(uow: UnitOfWork, what: str, subject: str, origin: str) -> None:
    now = uow.now(uow.open())
    uow.add(Attempt(what=what, subject=subject, origin=origin, at=now))


def check_limits(uow: UnitOfWork, what: str, subject: str, origin: str) -> None:
    """Takes fingerprints. Raises TooManyAttempts."""
    uow.check(_within_limits, uow.now, what, subject, origin)


def _within_limits(
    session: Session,
    _actor: Actor,
    now: Callable[[Session], datetime],
    what: str,
    subject: str,
    origin: str,
) -> None:
    refuse_exceeded(session, what, subject, origin, now(session))


def refuse_exceeded(session: Session, what: str, subject: str, origin: str, now: datetime) -> None:
    span = exceeded(session, what, subject, origin, now)
    if span is not None:
        raise TooManyAttempts(minutes=max(1, int(span.total_seconds() // 60)))
