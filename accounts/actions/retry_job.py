"""An operator has a job that failed go on from where it stopped."""

from __future__ import annotations

from accounts.permissions import may_operate
from core.errors import NotFound
from core.models import Job
from core.results import Done
from core.unit_of_work import UnitOfWork


def retry_job(uow: UnitOfWork, job: str) -> Done:
    """What its batches did stays done. Failing, it has failed again at once. Raises NotFound."""
    uow.check(may_operate)
    at = uow.lock(Job, job)
    if at.row.state != "failed":
        raise NotFound
    # `attempts` stays: it is the fencing token of a claim.
    at.row.state, at.row.error, at.row.lease_until = "ready", None, None
    at.record("job_retried", job=job)
    return Done(job)
