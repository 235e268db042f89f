"""A person decides what becomes of rows that look like something already there."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from core.results import Done
from core.unit_of_work import UnitOfWork
from listings.importing.errors import NotChecked
from listings.importing.models import Import, ImportReview
from listings.importing.permissions import check_may_work_on
from listings.importing.states import Decision, ImportState


def decide_rows(
    uow: UnitOfWork, import_id: str, decision: str, rows: Sequence[int] | None = None
) -> Done:
    """`rows` by number in the file; None for all of them. Raises ImportNotFound, NotChecked."""
    uow.check(check_may_work_on, import_id)
    chosen = Decision(decision)
    at = uow.lock(Import, import_id)
    if at.row.state != ImportState.CHECKED:
        raise NotChecked
    query = select(ImportReview).where(ImportReview.import_id == import_id)
    if rows is not None:
        query = query.where(ImportReview.row.in_(list(rows)))
    count = 0
    for review in uow.session.scalars(query):
        review.decision, count = chosen, count + 1
    at.record("decided", decision=chosen, rows=count)
    return Done(import_id)
