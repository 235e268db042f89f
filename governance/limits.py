"""A limit against flooding, counted from the rows themselves, so that all processes agree."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from governance.errors import TooManyComplaints
from governance.models import Complaint
from governance.rules import COMPLAINTS_AN_HOUR


def check_complaints(session: Session, source: str, now: datetime) -> None:
    """Raises TooManyComplaints."""
    hour = now - timedelta(hours=1)
    recent = select(func.count()).where(Complaint.source == source, Complaint.sent_at > hour)
    if source and (session.scalar(recent) or 0) >= COMPLAINTS_AN_HOUR:
        raise TooManyComplaints
