"""What the pages of the import show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.actor import Actor
from core.models import Job
from listings.importing.description import Description, description_from_json
from listings.importing.errors import ImportNotFound
from listings.importing.mapping import ColumnMapping, mapping_from_json
from listings.importing.models import Import, ImportReview, RememberedColumn
from listings.importing.permissions import may
from listings.importing.states import ImportState


@dataclass(frozen=True)
class Progress:
    """`share` is 0 to 1, None while the size of the work is unknown; `rows` are rows so far."""

    state: str
    share: float | None
    rows: int
    counts: dict[str, int]
    stuck: str | None
    """The error code of a job that gave up; the import can be checked or run again."""

    @property
    def at_work(self) -> bool:
        return self.state in (ImportState.CHECKING, ImportState.RUNNING) and self.stuck is None


@dataclass(frozen=True)
class ImportPage:
    """One import with everything its page shows, in three statements."""

    id: str
    owner_org: str
    name: str
    size: int
    created_at: datetime
    publish: bool
    description: Description
    mapping: ColumnMapping
    progress: Progress
    problem: dict[str, Any] | None
    examples: tuple[dict[str, Any], ...]
    errors_file: str | None
    reviews: tuple[ImportReview, ...]


def import_page(session: Session, actor: Actor, import_id: str) -> ImportPage:
    """Raises ImportNotFound, also for those who may not import for the organisation."""
    row = session.get(Import, import_id)
    if row is None or not may(actor, row.owner_org):
        raise ImportNotFound(ref=f"import:{import_id}")
    job = session.get(Job, row.job) if row.job else None
    reviews = select(ImportReview).where(ImportReview.import_id == row.id)
    return ImportPage(
        id=row.id,
        owner_org=row.owner_org,
        name=row.name,
        size=row.size,
        created_at=row.created_at,
        publish=row.publish,
        description=description_from_json(row.description),
        mapping=mapping_from_json(row.mapping),
        progress=_progress(row, job),
        problem=row.problem,
        examples=tuple(row.examples),
        errors_file=row.errors_file,
        reviews=tuple(session.scalars(reviews.order_by(ImportReview.row))),
    )


def import_progress(session: Session, actor: Actor, import_id: str) -> Progress:
    """What the progress bar asks for, in two statements. Raises ImportNotFound."""
    row = session.get(Import, import_id)
    if row is None or not may(actor, row.owner_org):
        raise ImportNotFound(ref=f"import:{import_id}")
    return _progress(row, session.get(Job, row.job) if row.job else None)


def list_imports(session: Session, actor: Actor, owner_org: str) -> Sequence[Import]:
    """The organisation's latest imports; none for those who may not import for it."""
    if not may(actor, owner_org):
        return ()
    mine = select(Import).where(Import.owner_org == owner_org)
    return session.scalars(mine.order_by(Import.created_at.desc()).limit(50)).all()


def remembered_columns(session: Session, owner_org: str) -> dict[str, str]:
    """Normalised column name to field code, as the organisation chose last."""
    mine = RememberedColumn.owner_org == owner_org
    rows = session.execute(select(RememberedColumn.name, RememberedColumn.field).where(mine))
    return {row.name: row.field for row in rows}


def _progress(row: Import, job: Job | None) -> Progress:
    counts = {name: int(count) for name, count in row.counts.items()}
    share: float | None = None
    rows = counts.get("rows", 0)
    if row.state == ImportState.DONE:
        share = 1.0
    elif row.state == ImportState.RUNNING and job is not None and job.total:
        share = job.progress / job.total
    elif row.state == ImportState.CHECKING and job is not None:
        rows = job.progress
    stuck = job.error if job is not None and job.state == "failed" else None
    return Progress(row.state, share, rows, counts, stuck)
