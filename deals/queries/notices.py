"""Public notices, found without sign-in: only what the law wants published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from accounts.queries import organisation_names
from deals.models import Objection, PublicNotice
from deals.modes import MODES
from deals.offers import Terms

PAGE: Final = 50


@dataclass(frozen=True)
class NoticeLine:
    """One notice in a list. `state`: running, closing (time is up, no outcome yet), closed,
    revoked."""

    id: str
    kind: str
    title: str
    owner: str
    organisation: str
    listing: str
    way: str
    first_day: Any
    last_day: Any
    ends_at: datetime
    state: str
    result: str | None
    result_at: datetime | None


@dataclass(frozen=True)
class NoticePage:
    """One notice in full. `mode` is the English msgid of the mode's name; `terms` say the
    intended price; `objections` counts, without any name: (received, waiting)."""

    line: NoticeLine
    abstract: str
    patents: tuple[str, ...]
    mode: str
    terms: Terms
    buyer: str
    related: bool
    contact: dict[str, str]
    places: tuple[str, ...]
    days: int
    rules: tuple[dict[str, Any], ...]
    begins_at: datetime
    digest: str
    objections: tuple[int, int]


def public_notices(
    session: Session, now: datetime, language: str, *, page: int = 1, organisation: str = ""
) -> list[NoticeLine]:
    """Running ones first, by their end; then past ones, latest first. Two queries."""
    n = PublicNotice
    running = case((n.state == "running", 0), else_=1)
    rows = session.scalars(
        select(n)
        .where(*([n.organisation == organisation] if organisation else []))
        .order_by(running, case((running == 0, n.ends_at)), n.ends_at.desc())
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()
    owners = organisation_names(session, (row.organisation for row in rows), language)
    return [_line(row, now, language, owners) for row in rows]


def public_notice(session: Session, notice: str, now: datetime, language: str) -> NoticePage | None:
    """Three queries; None where there is none."""
    row = session.get(PublicNotice, notice)
    if row is None:
        return None
    owners = organisation_names(session, [row.organisation], language)
    counted = select(Objection.state, func.count()).where(Objection.notice == notice)
    by_state = {state: count for state, count in session.execute(counted.group_by(Objection.state))}  # noqa: C416
    text = row.texts.get(language) or row.texts.get(row.language, {})
    return NoticePage(
        line=_line(row, now, language, owners),
        abstract=text.get("abstract", ""),
        patents=tuple(row.patents),
        mode=MODES[row.mode].label,
        terms=Terms.load(row.terms),
        buyer=row.buyer,
        related=row.related,
        contact=row.contact,
        places=tuple(row.places),
        days=row.days,
        rules=tuple(row.rules),
        begins_at=row.begins_at,
        digest=row.digest,
        objections=(sum(by_state.values()), by_state.get("open", 0)),
    )


def _line(row: PublicNotice, now: datetime, language: str, owners: dict[str, str]) -> NoticeLine:
    text = row.texts.get(language) or row.texts.get(row.language, {})
    closing = row.state == "running" and now >= row.ends_at
    return NoticeLine(
        id=row.id,
        kind=row.kind,
        title=text.get("title", ""),
        owner=owners.get(row.organisation, ""),
        organisation=row.organisation,
        listing=row.listing,
        way=row.terms.get("way", ""),
        first_day=row.first_day,
        last_day=row.last_day,
        ends_at=row.ends_at,
        state="closing" if closing else row.state,
        result=row.result,
        result_at=row.result_at,
    )
