"""What deals keep for a time only: who asked, where nothing came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, or_

from core.i18n import N_
from core.retention import Retained
from deals.models import Inquiry
from deals.states import InquiryState

_OVER: Final = (InquiryState.ANSWERED, InquiryState.REFUSED)
_NAMES: Final = (Inquiry.sender_name, Inquiry.sender_phone, Inquiry.sender_mail)


def _inquiries(before: datetime) -> ColumnElement[bool]:
    """Answered or refused, without a deal, and with something to empty still."""
    full = or_(*(column.is_not(None) & (column != "") for column in _NAMES))
    return Inquiry.state.in_(_OVER) & Inquiry.deal.is_(None) & (Inquiry.asked_at < before) & full


RETAINED: Final = (
    Retained(
        "inquiry_senders", N_("Names and contacts of who asked, where no deal came of it"),
        "privacy.keep.inquiries_days", Inquiry, _inquiries, Inquiry, Inquiry.id, _NAMES,
    ),
)  # fmt: skip
