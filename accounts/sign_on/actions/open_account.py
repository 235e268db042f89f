"""Whom a provider vouches for and who has no account makes one."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.challenges import ask_for_proof, check_limits, count_attempt, need_contact, owner_of
from accounts.limits import fingerprint
from accounts.models import ContactPoint, Person
from accounts.rules import UNPROVEN_LIFE, name_problems
from accounts.sign_on.errors import SignOnOver
from accounts.sign_on.models import LinkedIdentity, SignOn
from accounts.sign_on.parties import in_use
from accounts.sign_on.rules import ACCOUNT_LIFE
from core.actor import Actor
from core.errors import Invalid
from core.ids import new_id
from core.results import Done
from core.unit_of_work import UnitOfWork


def open_account(
    uow: UnitOfWork, sign_on: str, contact: str, name: str, language: str, origin: str = ""
) -> Done:
    """The ref is a challenge, as after `sign_up`: the contact is proven by a code of ours, whatever
    the provider says of it, and only then does the link serve. For a contact that somebody has
    proven the answer looks the same and its owner is told; nothing is linked. Raises Invalid,
    SignOnOver, TooManyAttempts."""
    found = need_contact(contact)
    uow.check(_well_named, name)
    subject = fingerprint(found.value)
    check_limits(uow, "send", subject, origin)
    owner = owner_of(uow, found)
    if owner is not None:
        at = uow.lock(Person, owner[0])
        _need_open(uow, sign_on)
        challenge = ask_for_proof(at, owner[1], "known")
        at.record("sign_up_repeated", challenge=challenge)
    else:
        now = uow.now(uow.open())
        journey, issuer = _need_open(uow, sign_on)
        at = uow.create(Person(name=name.strip(), language=language, created_at=now))
        point = new_id()
        at.add(ContactPoint(id=point, person=at.row.id, kind=found.kind, value=found.value))
        at.add(
            LinkedIdentity(person=at.row.id, issuer=issuer, subject=journey.subject, made_at=at.now)
        )
        challenge = ask_for_proof(at, point, "confirm")
        at.timer("unproven", at.now + UNPROVEN_LIFE)
        at.record("signed_up", challenge=challenge, sign_on=sign_on)
    count_attempt(uow, "send", subject, origin)
    return Done(challenge)


def _need_open(uow: UnitOfWork, sign_on: str) -> tuple[SignOn, str]:
    """The journey, which serves once, and its issuer."""
    session = uow.open()
    row = session.scalars(
        select(SignOn).where(SignOn.id == sign_on).with_for_update()
    ).one_or_none()
    now = uow.now(session)
    if row is None or row.subject is None or row.done_at or row.made_at + ACCOUNT_LIFE <= now:
        raise SignOnOver
    provider = in_use(session, row.provider)
    if provider is None:
        raise SignOnOver
    row.done_at = now
    return row, provider.issuer


def _well_named(_session: Session, _actor: Actor, name: str) -> None:
    if problems := name_problems(name):
        raise Invalid({"name": problems})
