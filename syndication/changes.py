"""What changed in public, in the sequencer's order: followers ask for what came after their cursor.

A row says that something changed, not what it was: its content is read again here, so a follower
who comes late never sees what was withdrawn meanwhile. What is no longer public is a tombstone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.ids import split_ref
from core.models import Change
from listings.public_record import PublicNeed, PublicRecord
from listings.records import load_public_needs, load_records

LIMIT: Final = 200
"""At most so many changes in one answer."""


@dataclass(frozen=True)
class Changed:
    """`public` is what everyone may know of it now; None is a tombstone: forget it."""

    seq: int
    kind: str
    id: str
    at: datetime
    public: PublicRecord | PublicNeed | None


@dataclass(frozen=True)
class Changes:
    """`last` is the cursor for the next question; with `more`, it can be asked at once."""

    rows: Sequence[Changed]
    last: int
    more: bool


def changes_since(session: Session, since: int, on: date, limit: int = LIMIT) -> Changes:
    """Changes numbered above `since`, the oldest first. A constant number of statements.

    `on` is the market's legal date, on which the rights that a record shows are read.
    """
    size = max(1, min(limit, LIMIT))
    asked = select(Change).where(Change.seq > since).order_by(Change.seq).limit(size + 1)
    rows = session.scalars(asked).all()
    shown = rows[:size]
    last = shown[-1].seq if shown else since
    return Changes(_read(session, shown, on), last, len(rows) > size)


def newest_changes(session: Session, on: date, limit: int = LIMIT) -> Sequence[Changed]:
    """For people, who read the newest first."""
    asked = select(Change).order_by(Change.seq.desc()).limit(max(1, min(limit, LIMIT)))
    return _read(session, session.scalars(asked).all(), on)


def last_change(session: Session) -> int:
    """The cursor of a follower who wants nothing of the past."""
    return session.scalar(select(func.max(Change.seq))) or 0


def _read(session: Session, rows: Sequence[Change], on: date) -> list[Changed]:
    ids: dict[str, list[str]] = {"listing": [], "need": []}
    named = [(row, *split_ref(row.ref)) for row in rows]
    for _row, kind, id in named:
        ids.setdefault(kind, []).append(id)
    public: dict[str, Mapping[str, PublicRecord | PublicNeed]] = {
        "listing": load_records(session, ids["listing"], on),
        "need": load_public_needs(session, ids["need"]),
    }
    return [
        Changed(row.seq, kind, id, row.at, public.get(kind, {}).get(id)) for row, kind, id in named
    ]
