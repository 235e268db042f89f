"""What may be kept for a time only: areas declare their rows, the days are rules of the profile.

Nothing of the ledger or of the audit chain is declared anywhere. A sweep removes rows under the
locks of the streams that own them, and says in their chains how many went.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import BigInteger, ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column

from core.errors import NotFound
from core.law import LawValue, Profile
from core.models import Base, Head
from core.results import Result
from core.times import legal_date
from core.unit_of_work import UnitOfWork

BATCH: Final = 200
"""Rows of one unit of work."""
STREAMS: Final = 20
"""Streams that it locks at most."""


@dataclass(frozen=True)
class Retained:
    """Rows that are kept for so many days after what `over` looks at, and no longer.

    `rule`: of the profile, in calendar days; where it says nothing, nothing is removed. `head` and
    `key`: the stream that a row belongs to and the column with its id; none for rows of no stream.
    """

    name: str
    title: str
    rule: str
    model: Any
    over: Callable[[datetime], ColumnElement[bool]]
    head: type[Head] | None = None
    key: InstrumentedAttribute[Any] | None = None
    clears: tuple[InstrumentedAttribute[Any], ...] = ()
    """What is emptied of a row that itself stays; `over` names no row twice."""

    def forget(self, session: Session, row: Any) -> None:
        """Removes the row, or what it holds of a person."""
        if not self.clears:
            session.delete(row)
        for column in self.clears:
            empty = None if column.property.columns[0].nullable else ""
            setattr(row, column.key, empty)


class Retention(Base, Head):
    """How much was removed of one kind; its id is the kind's name."""

    __tablename__ = "retention"
    PREFIX = "retention"
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012
    removed: Mapped[int] = mapped_column(BigInteger, default=0)
    """Rows, since the market opened."""
    last_removed_at: Mapped[datetime | None]


@dataclass(frozen=True)
class Swept(Result):
    """How many rows went."""

    count: int


def kept_until(what: Retained, profile: Profile, now: datetime) -> datetime | None:
    """What was over before this instant goes; None where the profile sets no days."""
    if what.rule not in profile or not isinstance(profile.value(what.rule).value, int):
        return None
    return now - timedelta(days=profile.integer(what.rule))


def waiting(session: Session, what: Retained, before: datetime) -> int:
    """How many rows a sweep would remove. One query."""
    counted = select(func.count()).select_from(what.model).where(what.over(before))
    return session.scalar(counted) or 0


def forget_batch(uow: UnitOfWork, what: Retained) -> Swept:
    """Removes at most `BATCH` rows that are kept too long; the chains say how many."""
    uow.open()
    try:
        at = uow.lock(Retention, what.name)
    except NotFound:
        at = uow.create(Retention(id=what.name, removed=0))
    profile = uow.law(uow.ports.jurisdiction, legal_date(at.now, uow.ports.zone))
    before = kept_until(what, profile, at.now)
    rows = _rows(uow, what, before) if before is not None else []
    for row in rows:
        what.forget(uow.session, row)
    if rows:
        at.row.removed, at.row.last_removed_at = at.row.removed + len(rows), at.now
    at.record("swept", kind=what.name, rows=len(rows))
    return Swept(len(rows))


def _rows(uow: UnitOfWork, what: Retained, before: datetime) -> list[Any]:
    """A batch of what goes, with the locks of its streams."""
    over = what.over(before)
    query = select(what.model).where(over).limit(BATCH)
    if what.head is None or what.key is None:
        return list(uow.session.scalars(query))
    owners = select(what.key).where(over).distinct().order_by(what.key).limit(STREAMS)
    held = {id: uow.lock(what.head, id) for id in sorted(uow.session.scalars(owners))}
    rows = list(uow.session.scalars(query.where(what.key.in_(held))))
    gone = Counter(getattr(row, what.key.key) for row in rows)
    for id, number in gone.items():
        held[id].record("forgotten", kind=what.name, rows=number)
    return rows


@dataclass(frozen=True)
class Line:
    """One kind on the operator's page. `rule`: None where the profile sets no days."""

    what: Retained
    rule: LawValue | None
    waiting: int
    row: Retention | None


def dry_run(
    session: Session, retained: Sequence[Retained], profile: Profile, now: datetime
) -> list[Line]:
    """What a sweep would remove now; removes nothing. One query for each kind, and one."""
    rows = {row.id: row for row in session.scalars(select(Retention))}
    found = []
    for what in retained:
        before = kept_until(what, profile, now)
        rule = profile.value(what.rule) if before is not None else None
        number = waiting(session, what, before) if before is not None else 0
        found.append(Line(what, rule, number, rows.get(what.name)))
    return found
