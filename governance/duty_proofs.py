"""Who fulfilled a duty, when and by what: read from the rows that fulfilling it wrote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.models import Organisation, OrganisationMark
from core.amendments import Amendment
from core.ids import made_of
from governance.duty_rules import DutyKind
from governance.models import Complaint, ComplaintStep, DutyOwner, Filing
from governance.states import Kind

SINCE: Final = timedelta(days=90)
MOST: Final = 50
_EXAMINED: Final = ("measure", "dismiss")


@dataclass(frozen=True)
class Proof:
    """`what`: a code (an act, a state, a source) or, of a filing, its receipt in the operator's own
    words. `subject` is that of the duty."""

    kind: DutyKind
    subject: str
    by: str | None
    at: datetime
    what: str


def proofs(session: Session, now: datetime) -> list[Proof]:
    """Of the last ninety days, the latest first. Five queries."""
    found = [*_examined(session, now - SINCE), *_verified(session, now - SINCE),
             *_again(session, now - SINCE), *_holidays(session, now - SINCE),
             *_handed(session, now - SINCE)]  # fmt: skip
    return sorted(found, key=lambda one: one.at, reverse=True)[:MOST]


def filing_of(session: Session, kind: str, period: str) -> Filing | None:
    """What was made or recorded for a period; None where nothing was."""
    return session.get(Filing, made_of(kind, period))


def owners(session: Session) -> dict[tuple[str, str], str]:
    """Who looks after what: (kind, subject) -> person. One query."""
    d = DutyOwner
    rows = session.execute(select(d.kind, d.subject, d.owner).where(d.owner.is_not(None)))
    return {(kind, subject): owner for kind, subject, owner in rows if owner}


def _examined(session: Session, since: datetime) -> Iterator[Proof]:
    s = ComplaintStep
    rows = session.execute(
        select(s.complaint, s.by, s.at, s.act)
        .join(Complaint, Complaint.id == s.complaint)
        .where(Complaint.kind == Kind.INFRINGEMENT, s.act.in_(_EXAMINED), s.at >= since)
        .order_by(s.at.desc())
        .limit(MOST)
    )
    for id, by, at, act in rows:
        yield Proof(DutyKind.EXAMINE, f"complaint:{id}", by, at, act)


def _verified(session: Session, since: datetime) -> Iterator[Proof]:
    o = Organisation
    rows = session.execute(
        select(o.id, o.decided_by, o.decided_at, o.state)
        .where(o.decided_at >= since, o.decided_by.is_not(None))
        .order_by(o.decided_at.desc())
        .limit(MOST)
    )
    for id, by, at, state in rows:
        if at is not None:
            yield Proof(DutyKind.VERIFY, f"organisation:{id}", by, at, state)


def _again(session: Session, since: datetime) -> Iterator[Proof]:
    """A look at the number later than the vetting."""
    m, o = OrganisationMark, Organisation
    rows = session.execute(
        select(m.organisation, m.verified_by, m.verified_at, m.source)
        .join(o, o.id == m.organisation)
        .where(
            m.what == "number",
            m.verified_at >= since,
            m.verified_at > func.coalesce(o.decided_at, o.registered_at),
        )
        .order_by(m.verified_at.desc())
        .limit(MOST)
    )
    for id, by, at, source in rows:
        yield Proof(DutyKind.REVERIFY, f"organisation:{id}", by, at, source)


def _holidays(session: Session, since: datetime) -> Iterator[Proof]:
    a = Amendment
    rows = session.execute(
        select(a.name, a.decided_by, a.decided_at)
        .where(a.kind == "holidays", a.state == "approved", a.decided_at >= since)
        .order_by(a.decided_at.desc())
        .limit(MOST)
    )
    for name, by, at in rows:
        if at is not None:
            yield Proof(DutyKind.HOLIDAYS, name.rpartition("-")[2], by, at, "approved")


def _handed(session: Session, since: datetime) -> Iterator[Proof]:
    f = Filing
    rows = session.scalars(
        select(f).where(f.handed_at >= since).order_by(f.handed_at.desc()).limit(MOST)
    )
    for row in rows:
        if row.handed_at is not None:
            yield Proof(DutyKind(row.kind), row.period, row.handed_by, row.handed_at, row.receipt)
