"""Starts the dry run: every row read and compared, nothing registered."""

from __future__ import annotations

from core.jobs import start_job
from core.results import Done
from core.unit_of_work import UnitOfWork
from listings.importing.errors import AlreadyStarted
from listings.importing.mapping import mapping_from_json
from listings.importing.models import Import
from listings.importing.permissions import check_may_work_on
from listings.importing.states import OPEN, ImportState

CHECK_JOB = "import_check"


def check_import(uow: UnitOfWork, import_id: str) -> Done:
    """Answers the job's id. Raises ImportNotFound, AlreadyStarted, MappingIncomplete."""
    uow.check(check_may_work_on, import_id)
    at = uow.lock(Import, import_id)
    if at.row.state not in OPEN:
        raise AlreadyStarted
    mapping_from_json(at.row.mapping).check()
    job = start_job(uow, CHECK_JOB, import_id)
    at.row.state, at.row.job, at.row.problem = ImportState.CHECKING, job.ref, None
    at.record("checking", job=job.ref)
    return job
