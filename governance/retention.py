"""What governance keeps for a time only: who complained, once it is decided."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, or_

from core.i18n import N_
from core.retention import Retained
from governance.models import Complaint
from governance.states import ComplaintState

_OVER: Final = (
    ComplaintState.UPHELD,
    ComplaintState.DISMISSED,
    ComplaintState.LIFTED,
    ComplaintState.WITHDRAWN,
)
_NAMES: Final = (Complaint.sender_name, Complaint.sender_mail)


def _complaints(before: datetime) -> ColumnElement[bool]:
    full = or_(*(column != "" for column in _NAMES))
    return Complaint.state.in_(_OVER) & (Complaint.sent_at < before) & full


RETAINED: Final = (
    Retained(
        "complaint_senders", N_("Names and addresses of who complained, once it is decided"),
        "privacy.keep.complaints_days", Complaint, _complaints, Complaint, Complaint.id, _NAMES,
    ),
)  # fmt: skip
