"""Jobs: long work in short batches, each one unit of work that moves `progress` with its rows.

A job is claimed by lease; `attempt` is the fencing token: whoever lost the lease cannot commit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from core.errors import LeaseLost
from core.models import Job
from core.results import Done
from core.unit_of_work import At, UnitOfWork

LEASE: Final = timedelta(seconds=20)


@dataclass(frozen=True)
class Claim:
    """The right to work on a job until the lease ends."""

    job: str
    kind: str
    ref: str
    person: str | None
    progress: int
    attempt: int


Step = Callable[[UnitOfWork, Claim], bool]
"""Does one batch from `claim.progress` on; True when the job is finished."""


def start_job(uow: UnitOfWork, kind: str, ref: str, total: int | None = None) -> Done:
    """Makes a job on behalf of the actor. Called by actions, in their unit of work."""
    person = uow.actor.person
    job = Job(kind=kind, ref=ref, person=person, total=total, created_at=uow.now(uow.open()))
    at = uow.create(job)
    at.record("started", kind=kind, ref=ref)
    return Done(at.row.id)


def hold(uow: UnitOfWork, claim: Claim) -> At[Job]:
    """Locks the job for a batch and renews the lease. Raises LeaseLost when another has it."""
    at = uow.lock(Job, claim.job)
    if at.row.attempts != claim.attempt or at.row.state != "ready":
        raise LeaseLost
    at.row.lease_until = at.now + LEASE
    return at


def cancel_job(uow: UnitOfWork, job: str) -> Done:
    """Stops a job between two batches; what was done stays done."""
    at = uow.lock(Job, job)
    if at.row.state == "ready":
        at.row.state = "cancelled"
        at.record("cancelled")
    return Done(job)
