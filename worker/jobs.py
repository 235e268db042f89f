"""Jobs: claimed by lease, done in batches that leave the writers' door open half of the time."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, Final

import structlog
from sqlalchemy import ColumnElement, or_, select, update

from core.actor import SYSTEM
from core.errors import LeaseLost, Refused
from core.executor import Executor
from core.jobs import LEASE, Claim, Step
from core.models import Job
from core.unit_of_work import UnitOfWork

log = structlog.get_logger()
FAILED_AFTER: Final = 5


class Work:
    """Takes the next ready job and does batch after batch until it is finished or taken over."""

    def __init__(self, executor: Executor, steps: Mapping[str, Step]) -> None:
        self._executor, self._steps = executor, steps

    def __call__(self) -> int:
        """Works on one job, if there is one; 0 or 1."""
        claim = self._claim()
        if claim is None:
            return 0
        try:
            while not self._batch(claim):
                claim = self._again(claim)
        except LeaseLost:
            self._executor.stats["job lease lost"] += 1
        except Exception as error:  # noqa: BLE001  the job is tried again, then said to have failed
            self._fail(claim, error)
        return 1

    @staticmethod
    def _open(now: Any) -> tuple[ColumnElement[bool], ...]:
        return (Job.state == "ready", or_(Job.lease_until.is_(None), Job.lease_until < now))

    def _claim(self) -> Claim | None:
        database = self._executor.database
        with database.read() as session:
            mine = self._open(database.now(session))
            if session.scalar(select(Job.id).where(*mine).limit(1)) is None:
                return None
        with database.write(background=True) as session:
            now = database.now(session)
            pick = select(Job).where(*self._open(now)).order_by(Job.created_at).limit(1)
            job = session.scalars(pick.with_for_update(skip_locked=True)).first()
            if job is None:
                return None
            job.lease_until, job.attempts = now + LEASE, job.attempts + 1
            claim = Claim(job.id, job.kind, job.ref, job.person, job.progress, job.attempts)
            session.commit()
        return claim

    def _batch(self, claim: Claim) -> bool:
        """One batch, then a rest as long as the batch held the door, so pages get through. What
        it read before holds nobody up."""
        tries: list[UnitOfWork] = []

        def begin() -> UnitOfWork:
            tries.append(UnitOfWork(self._executor, SYSTEM, background=True))
            return tries[-1]

        finished = self._executor.attempt(begin, lambda uow: self._steps[claim.kind](uow, claim))
        held_from = tries[-1].opened_at
        if held_from is not None:
            time.sleep(min(time.monotonic() - held_from, 0.1))
        return finished

    def _again(self, claim: Claim) -> Claim:
        with self._executor.database.read() as session:
            row = session.execute(
                select(Job.progress, Job.attempts, Job.state).where(Job.id == claim.job)
            ).one()
        if row.attempts != claim.attempt or row.state != "ready":
            raise LeaseLost
        return Claim(claim.job, claim.kind, claim.ref, claim.person, row.progress, claim.attempt)

    def _fail(self, claim: Claim, error: Exception) -> None:
        log.warning("job failed", kind=claim.kind, error=repr(error)[:300])
        refused = isinstance(error, Refused)
        final = refused or claim.attempt >= FAILED_AFTER
        values = {
            "lease_until": None,
            "state": "failed" if final else "ready",
            "error": (error.code if isinstance(error, Refused) else type(error).__name__),
        }
        with self._executor.database.write(background=True) as session:
            mine = update(Job).where(Job.id == claim.job, Job.attempts == claim.attempt)
            session.connection().execute(mine.values(values))
            session.commit()
