"""Complaints as their readers see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.console import PAGE, Page
from accounts.queries import organisation_names
from core.actor import Actor
from core.errors import NotFound
from governance.models import Complaint, ComplaintStep
from governance.permissions import Do, may, readable
from governance.states import ComplaintState, Kind
from governance.subjects import subject_titles

PUBLISHED: Final = (
    ComplaintState.MEASURED,
    ComplaintState.COUNTERED,
    ComplaintState.KEPT,
    ComplaintState.LIFTED,
)


@dataclass(frozen=True)
class ComplaintLine:
    row: Complaint
    title: str
    owner: str


@dataclass(frozen=True)
class ComplaintPage:
    """What one reader sees of a complaint; steps in their order."""

    line: ComplaintLine
    steps: Sequence[ComplaintStep]
    may_decide: bool
    may_counter: bool


def counts(session: Session) -> dict[str, int]:
    """How many are in each state. One query."""
    found = session.execute(select(Complaint.state, func.count()).group_by(Complaint.state))
    return {row[0]: row[1] for row in found}


def complaints(
    session: Session, actor: Actor, language: str, state: str = "", page: int = 1
) -> Page:
    """What the actor may read; what waits longest comes first where a state is asked for."""
    where = [readable(actor), *([Complaint.state == state] if state else [])]
    total = session.scalar(select(func.count()).select_from(Complaint).where(*where)) or 0
    order = Complaint.sent_at if state else Complaint.sent_at.desc()
    rows = session.scalars(
        select(Complaint)
        .where(*where)
        .order_by(order, Complaint.id)
        .limit(PAGE)
        .offset(PAGE * (page - 1))
    ).all()
    return Page(_lines(session, rows, language), total, page)


def complaint_page(session: Session, actor: Actor, id: str, language: str) -> ComplaintPage:
    """Raises NotFound for what the actor may not read."""
    row = session.get(Complaint, id)
    if row is None or not may(actor, Do.READ, row):
        raise NotFound(ref=f"complaint:{id}")
    counters = may(actor, Do.COUNTER, row) and row.state == ComplaintState.MEASURED
    return _page(session, row, language, decides=may(actor, Do.DECIDE, row), counters=counters)


def sender_page(session: Session, id: str, language: str) -> ComplaintPage:
    """For whoever holds the sender's link. Raises NotFound."""
    row = session.get(Complaint, id)
    if row is None:
        raise NotFound
    return _page(session, row, language, decides=False, counters=False)


def outcomes(session: Session, language: str, page: int = 1) -> Page:
    """Notices of infringement that were forwarded, with what became of them, the newest first;
    without the name of who sent them (E-Commerce Law, art. 44)."""
    where = (
        Complaint.kind == Kind.INFRINGEMENT,
        Complaint.forwarded_at.is_not(None),
        Complaint.state.in_(PUBLISHED),
    )
    total = session.scalar(select(func.count()).select_from(Complaint).where(*where)) or 0
    newest = select(Complaint).where(*where).order_by(Complaint.forwarded_at.desc(), Complaint.id)
    rows = session.scalars(newest.limit(PAGE).offset(PAGE * (page - 1))).all()
    return Page(_lines(session, rows, language), total, page)


def _page(
    session: Session, row: Complaint, language: str, *, decides: bool, counters: bool
) -> ComplaintPage:
    steps = select(ComplaintStep).where(ComplaintStep.complaint == row.id)
    found = session.scalars(steps.order_by(ComplaintStep.n)).all()
    return ComplaintPage(_lines(session, [row], language)[0], found, decides, counters)


def _lines(session: Session, rows: Sequence[Complaint], language: str) -> list[ComplaintLine]:
    titles = subject_titles(session, [row.about for row in rows], language)
    owners = organisation_names(session, [row.owner_org for row in rows], language)
    return [
        ComplaintLine(row, titles.get(row.about, ""), owners.get(row.owner_org, "")) for row in rows
    ]
