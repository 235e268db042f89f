"""Somebody signed in links what a provider calls them to their account."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from accounts.models import Person
from accounts.permissions import is_person
from accounts.sign_on.checking import Claims
from accounts.sign_on.errors import AlreadyLinked, IdentityTaken, SignOnOver, SignOnRefused
from accounts.sign_on.linking import in_force, is_taken
from accounts.sign_on.models import LinkedIdentity, SignOn
from accounts.sign_on.rules import ORCID
from core.identifiers import NumberError, read_orcid
from core.ids import new_id
from core.results import Done
from core.unit_of_work import UnitOfWork


def link_identity(uow: UnitOfWork, sign_on: str, claims: Claims) -> Done:
    """The account has proven itself by the session and a fresh proof before the journey began.
    Raises SignOnOver, SignOnRefused, IdentityTaken, AlreadyLinked."""
    uow.check(is_person)
    at, i = uow.lock(Person, uow.actor.person or ""), LinkedIdentity
    journey = uow.session.scalars(
        select(SignOn).where(SignOn.id == sign_on).with_for_update()
    ).one_or_none()
    if journey is None or journey.person != at.row.id or journey.done_at is not None:
        raise SignOnOver
    if journey.used_at is None:
        raise SignOnOver
    if journey.provider == ORCID and not _is_orcid(claims.subject):
        raise SignOnRefused
    if is_taken(at, claims.issuer, claims.subject):
        raise IdentityTaken
    mine = i.person == at.row.id, i.issuer == claims.issuer, *in_force()
    if uow.session.scalar(select(i.id).where(*mine)):
        raise AlreadyLinked
    row = LinkedIdentity(
        id=new_id(),
        person=at.row.id,
        issuer=claims.issuer,
        subject=claims.subject,
        orcid=journey.provider == ORCID,
        made_at=at.now,
        linked_at=at.now,
    )
    at.add(row)
    journey.done_at = at.now
    try:
        uow.session.flush()
    except IntegrityError:  # two people at once, whose locks do not keep each other out
        raise IdentityTaken from None
    at.record("identity_linked", identity=row.id, provider=journey.provider)
    at.fact("person.identity_linked")
    return Done(row.id)


def _is_orcid(subject: str) -> bool:
    try:
        return read_orcid(subject) == subject
    except NumberError:
        return False
