"""Stops an import between two batches; what was registered stays."""

from __future__ import annotations

from core.jobs import cancel_job
from core.models import Job
from core.results import Done
from core.unit_of_work import UnitOfWork
from listings.importing.models import Import
from listings.importing.permissions import check_may_work_on
from listings.importing.states import ImportState

_JOBS = ("import_check", "import_run")


def cancel_import(uow: UnitOfWork, import_id: str) -> Done:
    """Raises ImportNotFound."""
    uow.check(check_may_work_on, import_id)
    for job in sorted(uow.find(Job.id, Job.ref == import_id, Job.kind.in_(_JOBS))):
        cancel_job(uow, job)
    at = uow.lock(Import, import_id)
    if at.row.state not in (ImportState.DONE, ImportState.CANCELLED):
        at.row.state = ImportState.CANCELLED
        at.record("cancelled")
    return Done(import_id)
