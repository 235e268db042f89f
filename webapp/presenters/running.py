"""How the machinery runs: queues, timers, jobs, index, letters, checkpoints."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from core.audit import age_of_last
from core.i18n import N_
from core.models import IndexState, Job, Outbox, Timer
from core.settings import Settings
from notifications.models import Dispatch
from notifications.queries import Returned, failed_letters, letters_by_state, returned_letters
from syndication.queries import deliveries_by_state
from webapp.presenters.desk import LATE

SHOWN = 50
LANES = {0: N_("Deals and letters"), 1: N_("Pages and search"), 9: N_("Import")}
JOB_KINDS = {"import_check": N_("Check of an import"), "import_run": N_("Import")}
JOB_STATES = {
    "ready": ("waits", N_("Running or waiting")),
    "done": ("done", N_("Finished")),
    "failed": ("stop", N_("Failed")),
    "cancelled": ("waits", N_("Cancelled")),
}


@dataclass(frozen=True)
class Lane:
    number: int
    name: str
    waiting: int
    retried: int
    """Of these, how many failed at least once."""
    oldest: datetime | None


@dataclass(frozen=True)
class TimerKind:
    kind: str
    count: int
    late: int
    next_at: datetime | None


@dataclass(frozen=True)
class Running:
    lanes: list[Lane]
    dead: list[Outbox]
    dead_total: int
    timers: list[TimerKind]
    jobs: list[Job]
    index_behind: int
    index_oldest: datetime | None
    letters: dict[str, int]
    failed_letters: list[Dispatch]
    returned: Returned
    calls: dict[str, int]
    """Calls to webhooks, by state."""
    checkpoint: timedelta | None
    """How long ago the last signed checkpoint was made; None where there is none."""


def running(session: Session, settings: Settings, now: datetime) -> Running:
    """Everything of the page in a constant number of queries (eleven)."""
    dead = select(Outbox).where(Outbox.state == "dead")
    behind = select(func.count(), func.min(IndexState.not_before))
    index = session.execute(behind.where(IndexState.not_before.is_not(None))).one()
    # What failed is shown before what runs, and what runs before what is over.
    rank = case((Job.state == "failed", 0), (Job.state == "ready", 1), else_=2)
    newest = select(Job).order_by(rank, Job.created_at.desc(), Job.id).limit(SHOWN)
    return Running(
        _lanes(session),
        list(session.scalars(dead.order_by(Outbox.id).limit(SHOWN))),
        session.scalar(select(func.count()).where(Outbox.state == "dead")) or 0,
        _timers(session, now),
        list(session.scalars(newest)),
        index[0],
        index[1],
        letters_by_state(session),
        failed_letters(session, SHOWN),
        returned_letters(session),
        deliveries_by_state(session),
        checkpoint_age(settings, now),
    )


def checkpoint_age(settings: Settings, now: datetime) -> timedelta | None:
    """How long ago the last signed checkpoint was made; None where there is none."""
    return age_of_last(settings.checkpoint_dir or settings.data_dir / "checkpoints", now)


def _lanes(session: Session) -> list[Lane]:
    o = Outbox
    tried = func.sum(case((o.attempts > 0, 1), else_=0))
    rows = session.execute(
        select(o.lane, func.count(), tried, func.min(o.not_before))
        .where(o.state == "ready")
        .group_by(o.lane)
    )
    found: dict[int, Any] = {lane: rest for lane, *rest in rows}
    known = sorted({*LANES, *found})
    return [
        Lane(number, LANES.get(number, str(number)), *found.get(number, (0, 0, None)))
        for number in known
    ]


def _timers(session: Session, now: datetime) -> list[TimerKind]:
    t = Timer
    late = func.sum(case((t.due_at < now - LATE, 1), else_=0))
    rows = session.execute(
        select(t.kind, func.count(), late, func.min(t.due_at)).group_by(t.kind).order_by(t.kind)
    )
    return [TimerKind(*row) for row in rows]
