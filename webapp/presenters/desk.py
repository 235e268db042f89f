"""The operator's desk: what waits for a decision, and what the machinery could not do alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from accounts.console import PAGE, Page
from accounts.models import Organisation
from accounts.queries import organisation_names
from accounts.states import OrganisationState
from core.i18n import N_
from core.models import Job, Outbox, Timer
from deals.models import Inquiry
from deals.queries.names import listing_titles
from deals.states import InquiryState
from governance.models import Appeal, Complaint
from governance.states import AppealState, ComplaintState
from listings.models import Listing, Need
from notifications.models import Dispatch

FRESH: Final = timedelta(days=7)
"""What came to market within these days is worth a look."""
LATE: Final = timedelta(minutes=5)
"""A timer that much past its time is not merely waiting for the next sweep."""


@dataclass(frozen=True)
class Duty:
    """One line of the desk. `tone` is that of `tag()` while something waits; `place` an endpoint
    with its arguments."""

    title: str
    text: str
    act: str
    tone: str
    place: tuple[str, dict[str, str]]
    count: int
    oldest: datetime | None


def decisions(session: Session, now: datetime) -> list[Duty]:
    """What only people decide. Five queries."""
    o, i = Organisation, Inquiry
    fresh_listings = _seen(session, Listing.published_at, *_fresh(Listing, now))
    fresh_needs = _seen(session, Need.published_at, *_fresh(Need, now))
    first = [at for at in (fresh_listings[1], fresh_needs[1]) if at is not None]
    return [
        Duty(
            N_("Organisations to vet"),
            N_("Compare name and number with the public register."),
            N_("Vet"),
            "due",
            ("operator.organisations", {"state": "applied"}),
            *_seen(session, o.registered_at, o.state == OrganisationState.APPLIED),
        ),
        Duty(
            N_("Complaints to examine"),
            N_("Notices of infringement first: measures are owed without delay."),
            N_("Examine"),
            "due",
            ("operator_complaints.index", {"state": "received"}),
            *_seen(session, Complaint.sent_at, Complaint.state == ComplaintState.RECEIVED),
        ),
        Duty(
            N_("Appeals to decide"),
            N_("Another operator decides than the first."),
            N_("Decide"),
            "due",
            ("operator_appeals.index", {"state": "received"}),
            *_seen(session, Appeal.sent_at, Appeal.state == AppealState.RECEIVED),
        ),
        Duty(
            N_("Inquiries that institutes left unanswered"),
            N_("Reminded and escalated without effect; their public pages count them."),
            N_("Look into it"),
            "due",
            ("operator.overdue", {}),
            *_seen(session, i.due_at, *_overdue(now)),
        ),
        Duty(
            N_("Newly published"),
            N_("Results and needs of the last seven days, to be looked through."),
            N_("Look through"),
            "waits",
            ("moderation.public", {}),
            fresh_listings[0] + fresh_needs[0],
            min(first) if first else None,
        ),
    ]


def breakdowns(session: Session, now: datetime) -> list[Duty]:
    """What the machinery gave up or is late with. Four queries."""
    health = "oversight.health"
    return [
        Duty(
            N_("Facts given up"),
            N_("A reaction failed eight times: somebody was not told, or the feed lacks a change."),
            N_("Retry"),
            "stop",
            (health, {"_anchor": "facts"}),
            *_seen(session, Outbox.not_before, Outbox.state == "dead"),
        ),
        Duty(
            N_("Jobs that failed"),
            N_("Imports and checks that stopped before their end."),
            N_("Look into it"),
            "stop",
            (health, {"_anchor": "jobs"}),
            *_seen(session, Job.created_at, Job.state == "failed"),
        ),
        Duty(
            N_("Letters given up"),
            N_("Mail or text messages that no gateway took."),
            N_("Look into it"),
            "stop",
            (health, {"_anchor": "letters"}),
            *_seen(session, Dispatch.made_at, Dispatch.state == "failed"),
        ),
        Duty(
            N_("Timers that are late"),
            N_("Deadlines that passed and whose stream is not settled yet."),
            N_("Look into it"),
            "due",
            (health, {"_anchor": "timers"}),
            *_seen(session, Timer.due_at, Timer.due_at < now - LATE),
        ),
    ]


def _seen(
    session: Session, since: InstrumentedAttribute[Any], *where: ColumnElement[bool]
) -> tuple[int, datetime | None]:
    """How many rows, and since when the oldest."""
    count, oldest = session.execute(select(func.count(), func.min(since)).where(*where)).one()
    return count, oldest


def _fresh(kind: type[Listing] | type[Need], now: datetime) -> tuple[ColumnElement[bool], ...]:
    clauses = (kind.state == "published", kind.published_at >= now - FRESH)
    return (*clauses, Need.confidential.is_(False)) if kind is Need else clauses


def _overdue(now: datetime) -> tuple[ColumnElement[bool], ...]:
    i = Inquiry
    return (i.state == InquiryState.OPEN, i.first_answer_at.is_(None), i.public_at <= now)


@dataclass(frozen=True)
class OverdueLine:
    id: str
    title: str
    owner: str
    owner_name: str
    asked_at: datetime
    due_at: datetime


def overdue(session: Session, now: datetime, language: str, page: int = 1) -> Page:
    """Inquiries that the institutes' public pages count as unanswered, the oldest first, without
    a word about who asked. Four queries."""
    i = Inquiry
    total = _seen(session, i.due_at, *_overdue(now))[0]
    rows = session.execute(
        select(i.id, i.listing, i.owner_org, i.asked_at, i.due_at)
        .where(*_overdue(now))
        .order_by(i.due_at, i.id)
        .limit(PAGE)
        .offset(PAGE * (page - 1))
    ).all()
    titles = listing_titles(session, (row.listing for row in rows), language)
    owners = organisation_names(session, (row.owner_org for row in rows), language)
    lines = [
        OverdueLine(
            row.id,
            titles.get(row.listing, ""),
            row.owner_org,
            owners.get(row.owner_org, ""),
            row.asked_at,
            row.due_at,
        )
        for row in rows
    ]
    return Page(lines, total, page)
