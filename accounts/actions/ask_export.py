"""A person wants everything that is held of them."""

from __future__ import annotations

from sqlalchemy import select

from accounts.errors import ExportUnderWay
from accounts.exporting import EXPORT_JOB
from accounts.models import Person, PersonExport
from accounts.permissions import is_person
from core.ids import new_id
from core.jobs import start_job
from core.results import Done
from core.unit_of_work import UnitOfWork


def ask_export(uow: UnitOfWork) -> Done:
    """A job makes the file; one at a time. Raises ExportUnderWay, Forbidden."""
    uow.check(is_person)
    at = uow.lock(Person, uow.actor.person or "")
    under_way = select(PersonExport.id).where(
        PersonExport.person == at.row.id, PersonExport.made_at.is_(None)
    )
    if uow.session.scalar(under_way) is not None:
        raise ExportUnderWay
    row = PersonExport(id=new_id(), person=at.row.id, asked_at=at.now)
    at.add(row)
    at.record("export_asked", export=row.id)
    start_job(uow, EXPORT_JOB, row.id)
    return Done(row.id)
