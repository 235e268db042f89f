"""The audit chain as an overseer reads it: entries of everybody, of a stream, or of an actor."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from accounts.console import PAGE, Page
from core.models import Audit


@dataclass(frozen=True)
class Entry:
    """One entry, as it was written: codes and ids, no names."""

    stream: str
    seq: int
    at: datetime
    actor: str
    what: str
    ids: Mapping[str, Any]
    hash: str


def entries(
    session: Session, stream: str = "", actor: str = "", kind: str = "", page: int = 1
) -> Page:
    """Entries of one stream in their order, else the newest first; `kind` is a kind of stream.
    Two queries."""
    where = _where(stream, actor, kind)
    total = session.scalar(select(func.count()).select_from(Audit).where(*where)) or 0
    order = Audit.seq.asc() if stream else Audit.n.desc()
    rows = session.scalars(
        select(Audit).where(*where).order_by(order).limit(PAGE).offset(PAGE * (page - 1))
    )
    return Page([_entry(row) for row in rows], total, page)


def newest(session: Session, limit: int, *, stream: str = "") -> list[Entry]:
    """The newest entries (of a stream). One query."""
    rows = session.scalars(
        select(Audit).where(*_where(stream, "", "")).order_by(Audit.n.desc()).limit(limit)
    )
    return [_entry(row) for row in rows]


def count_since(session: Session, at: datetime) -> int:
    """How many entries were written from `at` on."""
    return session.scalar(select(func.count()).select_from(Audit).where(Audit.at >= at)) or 0


def _where(stream: str, actor: str, kind: str) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = [Audit.stream == stream] if stream else []
    if actor:
        where.append(Audit.actor == actor)
    if kind and not stream:
        where.append(Audit.stream.startswith(f"{kind}:", autoescape=True))
    return where


def _entry(row: Audit) -> Entry:
    body = json.loads(row.body)
    what, ids = body.get("what", ""), body.get("ids", {})
    return Entry(row.stream, row.seq, row.at, row.actor, what, ids, row.hash)
