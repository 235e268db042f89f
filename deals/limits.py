"""Limits against flooding, counted from the rows themselves, so that all processes agree."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.actor import Actor
from deals.errors import TooManyInquiries, TooManyObjections
from deals.models import Inquiry, Objection
from deals.rules import INQUIRIES_AN_HOUR, OBJECTIONS_AN_HOUR

_HOUR: Final = timedelta(hours=1)


def source_of(secret: bytes, address: str) -> str:
    """A keyed hash of a network address: enough to count by, nothing to look up."""
    return hmac.new(secret, f"source:{address}".encode(), hashlib.sha256).hexdigest()[:32]


def check_inquiries(session: Session, source: str, now: datetime) -> None:
    """Raises TooManyInquiries."""
    recent = select(func.count()).where(Inquiry.source == source, Inquiry.asked_at > now - _HOUR)
    if source and (session.scalar(recent) or 0) >= INQUIRIES_AN_HOUR:
        raise TooManyInquiries


def check_objections(session: Session, _actor: Actor, source: str, now: datetime) -> None:
    """Raises TooManyObjections."""
    recent = select(func.count()).where(Objection.source == source, Objection.at > now - _HOUR)
    if source and (session.scalar(recent) or 0) >= OBJECTIONS_AN_HOUR:
        raise TooManyObjections
