"""Ending every session and access token of people at once: the operator's emergency brake."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import select

from accounts.models import AccessToken, LoginSession, Membership, Person
from accounts.queries import holds_at
from accounts.sessions import revoke_all
from core.jobs import Claim, hold
from core.unit_of_work import At, UnitOfWork

REVOKE_JOB: Final = "revoke"
AT_ONCE: Final = 100
"""People whom one unit of work locks at most; the rest a job signs out, in seconds."""


def end_access(at: At[Person]) -> None:
    """Nothing that the locked person's browsers and programs hold opens anything from now on."""
    revoke_all(at)
    at.record("access_ended")
    at.fact("person.access_ended")


def end_access_of_members(
    uow: UnitOfWork, organisation: str, now: datetime, before: datetime
) -> tuple[int, bool]:
    """Of members with sessions or tokens made until `before`: how many now, and whether more wait.
    Who signs in again meanwhile stays in."""
    m, s, t = Membership, LoginSession, AccessToken
    seated = select(m.person).where(m.organisation == organisation, *holds_at(now))
    found = {
        *uow.find(
            s.person, s.person.in_(seated), s.revoked_at.is_(None), s.expires_at > now,
            s.created_at <= before,
        ),
        *uow.find(
            t.person, t.person.in_(seated), t.revoked_at.is_(None), t.expires_at > now,
            t.made_at <= before,
        ),
    }  # fmt: skip
    batch = sorted(found)[:AT_ONCE]
    for person in batch:
        end_access(uow.lock(Person, person))
    return len(batch), len(found) > len(batch)


def revoke_batch(uow: UnitOfWork, claim: Claim) -> bool:
    """A job's step: the next members of an organisation."""
    job = hold(uow, claim)
    count, more = end_access_of_members(uow, claim.ref, job.now, job.row.created_at)
    job.row.progress, job.row.state = claim.progress + count, "ready" if more else "done"
    job.record("moved", upto=job.row.progress)
    return not more
