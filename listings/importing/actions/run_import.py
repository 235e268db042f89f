"""Starts the run: what the check let through is registered, batch by batch."""

from __future__ import annotations

from core.jobs import start_job
from core.results import Done
from core.unit_of_work import UnitOfWork
from listings.importing.errors import NotChecked
from listings.importing.models import Import
from listings.importing.permissions import check_may_work_on
from listings.importing.states import ImportState

RUN_JOB = "import_run"


def run_import(uow: UnitOfWork, import_id: str) -> Done:
    """Answers the job's id. Raises ImportNotFound, NotChecked."""
    uow.check(check_may_work_on, import_id)
    at = uow.lock(Import, import_id)
    if at.row.state != ImportState.CHECKED or at.row.staged is None:
        raise NotChecked
    job = start_job(uow, RUN_JOB, import_id, total=at.row.staged_size)
    at.row.state, at.row.job = ImportState.RUNNING, job.ref
    at.record("started", job=job.ref, publish=at.row.publish)
    return job
