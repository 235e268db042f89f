"""Which support views are open."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from accounts.support.models import SupportGrant
from core.models import Audit

MOST: Final = 20


def looking(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Clauses for views that are open."""
    g = SupportGrant
    return g.until > now, g.ended_at.is_(None)


def open_view(session: Session, grant: str, operator: str, now: datetime) -> SupportGrant | None:
    """The operator's own view, while it is open. One query."""
    g = SupportGrant
    return session.scalar(select(g).where(g.id == grant, g.operator == operator, *looking(now)))


def open_views(session: Session, now: datetime) -> list[SupportGrant]:
    """Every view that is open now. One query."""
    return list(session.scalars(select(SupportGrant).where(*looking(now))))


def grants_of(session: Session, person: str) -> Sequence[SupportGrant]:
    """Those that a person gave, the newest first. One query."""
    g = SupportGrant
    newest = select(g).where(g.person == person).order_by(g.made_at.desc(), g.id).limit(MOST)
    return session.scalars(newest).all()


def grants_to(session: Session, operator: str | None = None) -> Sequence[SupportGrant]:
    """Those that were taken up, by one operator or by any, the newest first. One query."""
    g = SupportGrant
    query = select(g).where(g.operator.is_not(None)).order_by(g.begun_at.desc(), g.id).limit(MOST)
    return session.scalars(query.where(g.operator == operator) if operator else query).all()


def pages_seen(session: Session, grant: str) -> list[tuple[datetime, str, bool]]:
    """When which page was looked at, in order, and whether it was refused: from the chain itself.
    One query."""
    a = Audit
    rows = session.execute(
        select(a.at, a.body).where(a.stream == f"support:{grant}").order_by(a.seq)
    ).all()
    entries = [(at, json.loads(body)) for at, body in rows]
    return [
        (at, said["ids"]["path"], said["what"] == "page_refused")
        for at, said in entries
        if "path" in said["ids"]
    ]
