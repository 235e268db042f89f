"""Reads what the operator's duties depend on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Organisation
from accounts.states import OrganisationState
from core.law import Profile
from core.times import end_of_day, legal_date, start_of_day
from deals.models import PublicNotice
from governance.duty_rules import Facts, Period, Since
from governance.models import Complaint
from governance.states import ComplaintState, Kind

_LAST_MOMENT: Final = timedelta(microseconds=1)
"""A period ends before the instant at which its last day is over."""


def duty_facts(session: Session, profile: Profile, now: datetime, zone: ZoneInfo) -> Facts:
    """Four queries."""
    today = legal_date(now, zone)
    return Facts(
        today,
        frozenset(value.rule_id for value in profile if value.value is not False),
        infringements=_infringements(session, zone),
        waiting=_waiting(session, zone),
        notices=_notices(session, now, zone),
        applied=_applied(session, zone),
        knows_next_year=profile.calendar.known(today.year + 1),
    )


def _infringements(session: Session, zone: ZoneInfo) -> tuple[Since, ...]:
    received = select(Complaint.id, Complaint.sent_at).where(
        Complaint.state == ComplaintState.RECEIVED, Complaint.kind == Kind.INFRINGEMENT
    )
    rows = session.execute(received)
    return tuple(Since(f"complaint:{id}", legal_date(at, zone)) for id, at in rows)


def _waiting(session: Session, zone: ZoneInfo) -> tuple[Since, ...]:
    rows = session.execute(
        select(Complaint.id, Complaint.wait_until).where(Complaint.wait_until.is_not(None))
    )
    return tuple(
        Since(f"complaint:{id}", legal_date(at - _LAST_MOMENT, zone)) for id, at in rows if at
    )


def _notices(session: Session, now: datetime, zone: ZoneInfo) -> tuple[Period, ...]:
    today = legal_date(now, zone)
    begins, ends = start_of_day(today, zone), end_of_day(today, zone)
    n = PublicNotice
    rows = session.execute(
        select(n.id, n.about, n.begins_at, n.ends_at).where(
            n.state == "running", n.begins_at < ends, n.ends_at > begins
        )
    )
    return tuple(
        Period(id, about, legal_date(first, zone), legal_date(last - _LAST_MOMENT, zone))
        for id, about, first, last in rows
    )


def _applied(session: Session, zone: ZoneInfo) -> tuple[Since, ...]:
    rows = session.execute(
        select(Organisation.id, Organisation.registered_at).where(
            Organisation.state == OrganisationState.APPLIED
        )
    )
    return tuple(Since(f"organisation:{id}", legal_date(at, zone)) for id, at in rows)
