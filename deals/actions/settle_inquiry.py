"""Reminds the contact, then tells the office; what is not due writes nothing."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.inquiring import ESCALATE, REMIND, add_event
from deals.models import Inquiry


def settle_inquiry(uow: UnitOfWork, inquiry: str) -> Done:
    """Timer and Due both come here."""
    at = uow.lock(Inquiry, inquiry)
    waits = at.row.first_answer_at is None
    if at.now >= at.row.remind_at:
        if waits and at.row.reminded_at is None:
            at.row.reminded_at = at.now
            add_event(at, "reminded")
            at.record("reminded", contact=at.row.contact_person)
            at.fact("inquiry.reminded")
        at.timer(REMIND, None)
    if at.now >= at.row.escalate_at:
        if waits and at.row.escalated_at is None:
            at.row.escalated_at = at.now
            add_event(at, "escalated")
            at.record("escalated", organisation=at.row.owner_org)
            at.fact("inquiry.escalated")
        at.timer(ESCALATE, None)
    return Done(inquiry)
