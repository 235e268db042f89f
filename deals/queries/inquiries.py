"""Inquiries: the inbox with its due days, one inquiry, and an institute's answering record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Final

from sqlalchemy import case, or_, select
from sqlalchemy.orm import Session

from accounts.queries import organisation_names, people_names
from core.actor import Actor
from core.keyset import behind
from deals.models import Inquiry, InquiryEvent
from deals.permissions import (
    Do,
    InquiryFacts,
    inquiries_facts,
    may_inquiry,
    readable_inquiries,
)
from deals.queries.names import listing_titles
from deals.states import InquiryState

YEAR: Final = timedelta(days=365)
PAGE: Final = 50


@dataclass(frozen=True)
class InquiryLine:
    """One line of the inbox. `overdue`: the promised day has passed without an answer."""

    row: Inquiry
    title: str
    owner: str
    overdue: bool
    mine: bool
    """The reader's own side asked."""


@dataclass(frozen=True)
class InquiryPage:
    """One inquiry with its history and what the reader may do."""

    line: InquiryLine
    events: tuple[InquiryEvent, ...]
    people: dict[str, str]
    may_answer: bool
    may_open: bool


@dataclass(frozen=True)
class Record:
    """How an institute answers, over twelve months: what its public page shows."""

    asked: int
    in_time: int
    overdue: int
    median_days: float | None


def answering_record(session: Session, organisation: str, now: datetime) -> Record:
    """Counts inquiries whose promised day has come or that were answered. One query."""
    i = Inquiry
    rows = session.execute(
        select(i.first_answer_at, i.due_at, i.public_at, i.answer_days).where(
            i.owner_org == organisation,
            i.asked_at > now - YEAR,
            or_(i.first_answer_at.is_not(None), i.due_at <= now),
        )
    ).all()
    days = [taken for _, _, _, taken in rows if taken is not None]
    return Record(
        asked=len(rows),
        in_time=sum(1 for at, due, _, _ in rows if at is not None and at <= due),
        overdue=sum(1 for at, _, public, _ in rows if at is None and public <= now),
        median_days=median(days) if days else None,
    )


def inbox(
    session: Session, actor: Actor, now: datetime, *, state: str = "", page: int = 1
) -> list[InquiryLine]:
    """What the reader may see, unanswered first by due day; `state` narrows. Three queries."""
    waiting = case((Inquiry.state == InquiryState.OPEN, 0), else_=1)
    rows = session.scalars(
        select(Inquiry)
        .where(readable_inquiries(actor), *([Inquiry.state == state] if state else []))
        .order_by(waiting, case((waiting == 0, Inquiry.due_at)), Inquiry.asked_at.desc())
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()
    return _lines(session, actor, now, rows)


def inquiries_behind(
    session: Session,
    actor: Actor,
    now: datetime,
    place: tuple[datetime, str] | None,
    limit: int,
    *,
    state: str | None = None,
) -> list[InquiryLine]:
    """What the reader may see, newest first, in parts that follow each other. Three queries."""
    rows = session.scalars(
        select(Inquiry)
        .where(readable_inquiries(actor), behind(Inquiry.asked_at, Inquiry.id, place))
        .where(*([Inquiry.state == state] if state else []))
        .order_by(Inquiry.asked_at.desc(), Inquiry.id.desc())
        .limit(limit)
    ).all()
    return _lines(session, actor, now, rows)


def inquiries_of(session: Session, owner_org: str, last: str, limit: int) -> list[str]:
    """Ids of the inquiries to an organisation, in their order. Permission is the caller's."""
    rows = select(Inquiry.id).where(Inquiry.owner_org == owner_org, Inquiry.id > last)
    return list(session.scalars(rows.order_by(Inquiry.id).limit(limit)))


def inquiry_page(session: Session, actor: Actor, inquiry: str, now: datetime) -> InquiryPage | None:
    """None where the reader may not know of it. Five queries."""
    row = session.get(Inquiry, inquiry)
    if row is None or not may_inquiry(actor, Do.READ, _facts(session, actor, row)):
        return None
    return _page(session, actor, row, now)


def sender_page(session: Session, actor: Actor, inquiry: str, now: datetime) -> InquiryPage | None:
    """For who holds the sender's link: the caller has checked the token."""
    row = session.get(Inquiry, inquiry)
    return None if row is None else _page(session, actor, row, now)


def _page(session: Session, actor: Actor, row: Inquiry, now: datetime) -> InquiryPage:
    of_row = select(InquiryEvent).where(InquiryEvent.inquiry == row.id).order_by(InquiryEvent.n)
    events = tuple(session.scalars(of_row))
    people = {event.by for event in events if event.by} | {row.contact_person or ""} - {""}
    facts = _facts(session, actor, row)
    return InquiryPage(
        _lines(session, actor, now, [row])[0],
        events,
        people_names(session, people, actor.language),
        may_inquiry(actor, Do.ANSWER, facts),
        may_inquiry(actor, Do.OPEN, facts),
    )


def _lines(
    session: Session, actor: Actor, now: datetime, rows: Sequence[Inquiry]
) -> list[InquiryLine]:
    titles = listing_titles(session, (row.listing for row in rows), actor.language)
    owners = organisation_names(session, (row.owner_org for row in rows), actor.language)
    return [
        InquiryLine(
            row,
            titles.get(row.listing, ""),
            owners.get(row.owner_org, ""),
            row.first_answer_at is None and row.due_at <= now,
            not may_inquiry(actor, Do.ANSWER, facts),
        )
        for row, facts in zip(rows, inquiries_facts(session, actor, rows), strict=True)
    ]


def _facts(session: Session, actor: Actor, row: Inquiry) -> InquiryFacts:
    return inquiries_facts(session, actor, [row])[0]
