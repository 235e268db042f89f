"""Public notices as the law wants them read: by anyone, current ones first, ended ones kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.queries import organisation_names
from deals.models import Objection, PublicNotice
from deals.proving import last_day_unshown


@dataclass(frozen=True)
class NoticeRow:
    id: str
    kind: str
    state: str
    """waiting (its period has not begun), running, unshown (over, its last day not yet shown),
    closing (past its end, outcome not yet recorded), or what the outcome was."""
    organisation: str
    organisation_name: str
    title: str
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True)
class NoticeAnswer:
    """How an objection was answered, without who objected."""

    state: str
    answer: str
    at: datetime


@dataclass(frozen=True)
class NoticePage:
    """The notice as published; `terms` and `rules` are plain values as stored with it."""

    row: NoticeRow
    language: str
    abstract: str
    listing: str
    listing_number: str
    patents: Sequence[str]
    mode: str
    terms: Mapping[str, Any]
    buyer: str
    related: bool
    contact: Mapping[str, str]
    places: Sequence[str]
    words: Mapping[str, Sequence[str]]
    """By language: (heading, text) as the market worded it then; empty for what is shipped."""
    edition: int
    """What is said of the content: see `deals.models.NOTICE_EDITION`."""
    days: int
    rules: Sequence[Mapping[str, Any]]
    begins_at: datetime
    ends_at: datetime | None
    digest: str
    result_at: datetime | None
    objections: int
    objections_open: int
    answers: Sequence[NoticeAnswer] = ()
    number: str = ""
    """Empty until it was given, moments after the notice began."""


def notice_list(
    session: Session, now: datetime, language: str, *, page: int, size: int
) -> tuple[list[NoticeRow], int]:
    """One page: what waits, what runs, then the ended, each latest first; and the total.

    Three statements.
    """
    running = PublicNotice.state == "running"
    rows = session.scalars(
        select(PublicNotice)
        .order_by(
            running.desc(),
            PublicNotice.ends_at.is_(None).desc(),
            PublicNotice.ends_at.desc(),
            PublicNotice.begins_at.desc(),
            PublicNotice.id,
        )
        .offset((page - 1) * size)
        .limit(size)
    ).all()
    names = organisation_names(session, {row.organisation for row in rows}, language)
    total = session.scalar(select(func.count()).select_from(PublicNotice)) or 0
    return [_row(row, now, language, names) for row in rows], total


def notice_page(session: Session, now: datetime, notice: str, language: str) -> NoticePage | None:
    """Four statements; None where there is no such notice."""
    row = session.get(PublicNotice, notice)
    if row is None:
        return None
    names = organisation_names(session, [row.organisation], language)
    states = session.execute(
        select(Objection.state, func.count())
        .where(Objection.notice == notice)
        .group_by(Objection.state)
    )
    objections = {state: number for state, number in states}  # noqa: C416
    spoken = language if language in row.texts else row.language
    return NoticePage(
        row=_row(row, now, language, names),
        language=spoken,
        abstract=row.texts[spoken].get("abstract", ""),
        listing=row.listing,
        listing_number=row.texts[spoken].get("number", ""),
        patents=row.patents,
        mode=row.mode,
        terms=row.terms,
        buyer=row.buyer,
        related=row.related,
        contact=row.contact,
        places=row.places,
        words=row.words,
        edition=row.edition,
        days=row.days,
        rules=row.rules,
        begins_at=row.begins_at,
        ends_at=row.ends_at,
        digest=row.digest,
        result_at=row.result_at,
        objections=sum(objections.values()),
        objections_open=objections.get("open", 0),
        answers=_answers(session, notice),
        number=row.number or "",
    )


def _answers(session: Session, notice: str) -> list[NoticeAnswer]:
    """Those that went out; what was answered before answers did was written for the office."""
    answered = select(Objection).where(
        Objection.notice == notice, Objection.answered_at.is_not(None)
    )
    rows = session.scalars(answered.order_by(Objection.answered_at, Objection.id))
    return [
        NoticeAnswer(row.state, row.answer, row.answered_at)
        for row in rows
        if row.told and row.answered_at is not None
    ]


def _row(row: PublicNotice, now: datetime, language: str, names: Mapping[str, str]) -> NoticeRow:
    spoken = language if language in row.texts else row.language
    state = row.result or row.state
    if row.state == "running" and row.ends_at is None:
        state = "waiting"
    elif row.state == "running" and row.ends_at is not None and now >= row.ends_at:
        state = "unshown" if last_day_unshown(row) else "closing"
    return NoticeRow(
        id=row.id,
        kind=row.kind,
        state=state,
        organisation=row.organisation,
        organisation_name=names.get(row.organisation, ""),
        title=row.texts[spoken]["title"],
        first_day=row.first_day,
        last_day=row.last_day,
    )
