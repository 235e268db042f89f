"""Sessions and credentials as rows: made and ended only under the person's lock."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.factors.models import SignInStep
from accounts.models import Credential, LoginSession, Person
from accounts.rules import SESSION_LIFE
from accounts.tokens import revoke_tokens
from core.errors import NotFound
from core.ids import new_id
from core.unit_of_work import At

_AGENT_LENGTH = 200


def open_session(at: At[Person], token_hash: str, agent: str, network: str = "") -> LoginSession:
    """A new session for the locked person. Never reuses one: the token rotates at every sign-in."""
    row = LoginSession(
        id=new_id(),
        token_hash=token_hash,
        person=at.row.id,
        created_at=at.now,
        last_seen_at=at.now,
        expires_at=at.now + SESSION_LIFE,
        agent=agent[:_AGENT_LENGTH],
        network=network,
    )
    at.add(row)
    return row


def revoke_all(at: At[Person], keep: str | None = None, before: datetime | None = None) -> int:
    """Ends every session of the locked person but `keep`, every sign-in that waits for its second
    proof, and every access token; only those made until `before`, where that is given. Returns how
    many sessions. Records them."""
    until = before or at.now
    open_ones = at.uow.session.scalars(
        select(LoginSession).where(
            LoginSession.person == at.row.id,
            LoginSession.revoked_at.is_(None),
            LoginSession.expires_at > at.now,
            LoginSession.created_at <= until,
        )
    )
    ended = [row for row in open_ones if row.id != keep]
    for row in ended:
        row.revoked_at = at.now
    half = select(SignInStep).where(SignInStep.person == at.row.id, SignInStep.used_at.is_(None))
    for step in at.uow.session.scalars(half.where(SignInStep.made_at <= until)):
        step.used_at = at.now
    at.record("sessions_revoked", count=len(ended))
    revoke_tokens(at, until)
    return len(ended)


def note_proof(at: At[Person], session: str, by: str = "") -> None:
    """This session's holder has just shown again who they are; `by` names a second factor. Raises
    NotFound."""
    where = LoginSession.id == session, LoginSession.person == at.row.id
    row = at.uow.session.scalars(select(LoginSession).where(*where)).one_or_none()
    if row is None or row.revoked_at is not None or row.expires_at <= at.now:
        raise NotFound
    row.proven_at, row.proven_factor = at.now, by


def current_credential(session: Session, person: str) -> Credential | None:
    return session.scalar(
        select(Credential).where(Credential.person == person, Credential.replaced_at.is_(None))
    )


def replace_credential(at: At[Person], hashed: str) -> None:
    """A new password's hash takes the place of the one in force, if any."""
    old = current_credential(at.uow.session, at.row.id)
    if old is not None:
        old.replaced_at = at.now
    at.add(Credential(person=at.row.id, hash=hashed, made_at=at.now))
