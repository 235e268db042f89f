"""Ending every session and access token of people at once: the operator's emergency brake."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, or_, select

from accounts.factors.models import SignInStep
from accounts.models import AccessToken, LoginSession, Membership, Person
from accounts.queries import holds_at
from accounts.sessions import revoke_all
from core.jobs import Claim, hold
from core.models import Job
from core.stops import Stop
from core.unit_of_work import At, UnitOfWork

REVOKE_JOB: Final = "revoke"
REVOKE_ALL_JOB: Final = "revoke_all"
AT_ONCE: Final = 100
"""People whom one unit of work locks at most; the rest a job signs out, in seconds."""


def end_access(at: At[Person], before: datetime | None = None) -> None:
    """Nothing that the locked person's browsers and programs hold opens anything from now on; what
    was made after `before`, where that is given, does."""
    revoke_all(at, before=before)
    at.record("access_ended")
    at.fact("person.access_ended")


def end_access_of_members(
    uow: UnitOfWork, organisation: str, now: datetime, before: datetime
) -> tuple[int, bool]:
    """Of members with sessions or tokens made until `before`: how many now, and whether more wait.
    Who signs in again meanwhile stays in."""
    m = Membership
    seated = select(m.person).where(m.organisation == organisation, *holds_at(now))
    return _end_access_of(uow, now, before, Person.id.in_(seated))


def _end_access_of(
    uow: UnitOfWork, now: datetime, before: datetime, *whom: ColumnElement[bool]
) -> tuple[int, bool]:
    holding = select(Person.id).where(*whom, _holds_access(now, before))
    first = holding.order_by(Person.id).limit(AT_ONCE + 1)
    found = sorted(uow.find(Person.id, Person.id.in_(first)))
    batch = found[:AT_ONCE]
    for person in batch:
        end_access(uow.lock(Person, person), before)
    return len(batch), len(found) > len(batch)


def _holds_access(now: datetime, before: datetime) -> ColumnElement[bool]:
    """A clause for people with a session, token or half sign-in that was made until `before`."""
    s, t, half = LoginSession, AccessToken, SignInStep
    return or_(
        select(s.id)
        .where(s.person == Person.id, s.revoked_at.is_(None), s.expires_at > now)
        .where(s.created_at <= before)
        .exists(),
        select(t.id)
        .where(t.person == Person.id, t.revoked_at.is_(None), t.expires_at > now)
        .where(t.made_at <= before)
        .exists(),
        select(half.id)
        .where(half.person == Person.id, half.used_at.is_(None), half.expires_at > now)
        .where(half.made_at <= before)
        .exists(),
    )


def revoke_batch(uow: UnitOfWork, claim: Claim) -> bool:
    """A job's step: the next members of an organisation."""
    job = hold(uow, claim)
    ended = end_access_of_members(uow, claim.ref, job.now, job.row.created_at)
    return _moved(job, claim, *ended)


def revoke_all_batch(uow: UnitOfWork, claim: Claim) -> bool:
    """A job's step: the next people whom an emergency stop signed out. It shut the door itself
    (`core.stops.kept_in`); this writes their chains and tells them."""
    job = hold(uow, claim)
    pulled_at = uow.session.get_one(Stop, claim.ref).pulled_at
    return _moved(job, claim, *_end_access_of(uow, job.now, pulled_at))


def _moved(job: At[Job], claim: Claim, count: int, more: bool) -> bool:
    job.row.progress, job.row.state = claim.progress + count, "ready" if more else "done"
    job.record("moved", upto=job.row.progress)
    return not more
