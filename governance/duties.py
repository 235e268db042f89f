"""Reads what the operator's duties depend on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from accounts.models import Organisation
from accounts.states import OrganisationState
from core.law import Profile
from core.times import end_of_day, legal_date, start_of_day
from deals.models import PublicNotice
from governance.duty_rules import REVERIFY, Facts, Period, Since
from governance.filing_rules import FILING_RULES
from governance.filings import last_verified, opened_on, sellers
from governance.models import Complaint, Filing
from governance.states import ComplaintState, Kind

_LAST_MOMENT: Final = timedelta(microseconds=1)
"""A period ends before the instant at which its last day is over."""


def duty_facts(session: Session, profile: Profile, now: datetime, zone: ZoneInfo) -> Facts:
    """Nine queries."""
    today, opened = legal_date(now, zone), opened_on(session)
    known = [rule for rule in (REVERIFY, *FILING_RULES.values()) if _in_months(profile, rule)]
    return Facts(
        today,
        frozenset(value.rule_id for value in profile if value.value is not False),
        infringements=_infringements(session, zone),
        waiting=_waiting(session, zone),
        notices=_notices(session, now, zone),
        applied=_applied(session, zone),
        knows_next_year=profile.calendar.known(today.year + 1),
        sellers=_sellers(session, now, zone),
        opened=legal_date(opened, zone) if opened else None,
        filed=_filed(session),
        months={rule: profile.integer(rule) for rule in known},
    )


def _in_months(profile: Profile, rule: str) -> bool:
    return rule in profile and isinstance(profile.value(rule).value, int)


def _sellers(session: Session, now: datetime, zone: ZoneInfo) -> tuple[Since, ...]:
    return tuple(
        Since(f"organisation:{one.row.id}", legal_date(last_verified(one), zone))
        for one in sellers(session, now)
        if one.row.state == OrganisationState.VETTED
    )


def _filed(session: Session) -> frozenset[tuple[str, str]]:
    rows = session.execute(select(Filing.kind, Filing.period).where(Filing.handed_at.is_not(None)))
    return frozenset((kind, period) for kind, period in rows)


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
            n.state == "running", n.begins_at < ends, or_(n.ends_at.is_(None), n.ends_at > begins)
        )
    )
    return tuple(
        Period(
            id,
            about,
            legal_date(first, zone),
            legal_date(last - _LAST_MOMENT, zone) if last else None,
        )
        for id, about, first, last in rows
    )


def _applied(session: Session, zone: ZoneInfo) -> tuple[Since, ...]:
    rows = session.execute(
        select(Organisation.id, Organisation.registered_at).where(
            Organisation.state == OrganisationState.APPLIED
        )
    )
    return tuple(Since(f"organisation:{id}", legal_date(at, zone)) for id, at in rows)
