"""Access tokens as rows: made and ended only under the person's lock, found by hash."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from accounts.codes import hash_token
from accounts.models import AccessToken, Person
from accounts.states import PersonState
from core.actor import Actor
from core.stops import kept_in
from core.unit_of_work import At

MARK: Final = "qiaoyi_"
"""Every token begins so: scanners of source code look for it."""
SHOWN: Final = len(MARK) + 6
"""Characters that are kept readable, so that people recognise a token in their list."""
MOST_TOKENS: Final = 20


def new_token() -> str:
    """256 random bits behind the mark; the database keeps `hash_token` of it."""
    return MARK + secrets.token_urlsafe(32)


def shown_part(token: str) -> str:
    """The beginning, by which its owner knows it."""
    return token[:SHOWN]


@dataclass(frozen=True)
class HeldToken:
    """A token in force."""

    id: str
    person: str
    scopes: frozenset[str]
    last_used_at: datetime | None


def find_token(session: Session, token: str, now: datetime) -> HeldToken | None:
    """The token in force that this text is, or None. One query."""
    return _held(session, AccessToken.token_hash == hash_token(token), now)


def held_token(session: Session, id: str, now: datetime) -> HeldToken | None:
    """The token of this id, or None where it has ended by now. One query."""
    return _held(session, AccessToken.id == id, now)


def _held(session: Session, which: ColumnElement[bool], now: datetime) -> HeldToken | None:
    t = AccessToken
    found = session.execute(
        select(t.id, t.person, t.scopes, t.last_used_at)
        .join(Person, Person.id == t.person)
        .where(
            which,
            t.revoked_at.is_(None),
            t.expires_at > now,
            kept_in(t.made_at),
            Person.state == PersonState.ACTIVE.value,
        )
    ).first()
    if found is None:
        return None
    id, person, scopes, used = found
    return HeldToken(id, person, frozenset(scopes), used)


def own_tokens(session: Session, actor: Actor) -> list[AccessToken]:
    """The actor's tokens, those ended too, newest first. One query."""
    t = AccessToken
    rows = select(t).where(t.person == actor.person).order_by(t.made_at.desc(), t.id)
    return list(session.scalars(rows))


def open_tokens(session: Session, person: str, now: datetime) -> list[AccessToken]:
    t = AccessToken
    rows = select(t).where(t.person == person, t.revoked_at.is_(None), t.expires_at > now)
    return list(session.scalars(rows))


def revoke_tokens(at: At[Person], until: datetime) -> None:
    """Ends every token of the locked person made until then, and records how many where there were
    any."""
    held = open_tokens(at.uow.session, at.row.id, at.now)
    ended = [row for row in held if row.made_at <= until]
    for row in ended:
        row.revoked_at = at.now
    if ended:
        at.record("tokens_revoked", count=len(ended))
