"""What is asked of second factors. Every function takes a reading session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from accounts.codes import Codes
from accounts.factors.models import Authenticator, Passkey, RecoveryCode
from accounts.models import Person
from core.actor import Actor
from core.errors import NotFound


def in_force() -> tuple[ColumnElement[bool], ...]:
    """Clauses for authenticators that were proven and not removed."""
    return (Authenticator.proven_at.is_not(None), Authenticator.removed_at.is_(None))


def protected(person: Any) -> ColumnElement[bool]:
    """A clause: an app or a passkey stands beside the person's password."""
    a, k = Authenticator, Passkey
    app = select(a.id).where(a.person == person, *in_force()).exists()
    return or_(app, select(k.id).where(k.person == person, k.removed_at.is_(None)).exists())


def has_factor(session: Session, person: str) -> bool:
    """Does signing in take two proofs?"""
    return bool(session.scalar(select(protected(person))))


def passkeys_of(session: Session, person: str) -> list[Passkey]:
    """Those that serve, oldest first. One query."""
    k = Passkey
    where = k.person == person, k.removed_at.is_(None)
    return list(session.scalars(select(k).where(*where).order_by(k.made_at, k.id)))


@dataclass(frozen=True)
class OwnFactors:
    app_since: datetime | None
    codes_left: int
    passkeys: list[Passkey]

    @property
    def any(self) -> bool:
        return self.app_since is not None or bool(self.passkeys)


def own_factors(session: Session, actor: Actor) -> OwnFactors:
    """What the actor proves themselves with beside the password. Three queries."""
    who, a, r = actor.person, Authenticator, RecoveryCode
    return OwnFactors(
        session.scalar(select(a.proven_at).where(a.person == who, *in_force())),
        session.scalar(select(func.count()).where(r.person == who, r.used_at.is_(None))) or 0,
        passkeys_of(session, who or ""),
    )


@dataclass(frozen=True)
class AppOffered:
    """An authenticator that waits for its first code."""

    id: str
    secret: str
    account: str
    """The name under which the app lists it."""


def offered_app(session: Session, actor: Actor, secret: bytes) -> AppOffered:
    """The newest one that the actor began to set up. Raises NotFound."""
    a = Authenticator
    id = session.scalar(
        select(a.id)
        .where(a.person == actor.person, a.proven_at.is_(None), a.removed_at.is_(None))
        .order_by(a.made_at.desc(), a.id)
        .limit(1)
    )
    person = session.get(Person, actor.person)
    if id is None or person is None:
        raise NotFound
    return AppOffered(id, Codes(secret).app_secret(id), person.latin_name or person.name)


@dataclass(frozen=True)
class AppInForce:
    person: str
    name: str
    id: str
    last_step: int


def apps_in_force(session: Session) -> list[AppInForce]:
    """Everybody's apps by name: for the development page of a demo, and for nothing else."""
    rows = session.execute(
        select(Person.id, Person.name, Authenticator.id, Authenticator.last_step)
        .join(Person, Person.id == Authenticator.person)
        .where(*in_force())
        .order_by(Person.name, Person.id)
    )
    return [AppInForce(*row) for row in rows]
