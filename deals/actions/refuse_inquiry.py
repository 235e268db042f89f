"""The institute says no, with a reason code and, if it likes, a sentence."""

from __future__ import annotations

from core.errors import Invalid, Problem
from core.i18n import N_
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.inquiring import move_inquiry
from deals.models import Inquiry
from deals.permissions import Do, check_inquiry, check_still
from deals.rules import REASONS
from deals.states import InquiryAct


def refuse_inquiry(uow: UnitOfWork, inquiry: str, reason: str, text: str = "") -> Done:
    """Raises Invalid for a reason outside `rules.REASONS`, InquiryClosed, NotFound, Forbidden."""
    uow.check(check_inquiry, inquiry, Do.ANSWER)
    if reason not in REASONS:
        raise Invalid({"reason": [Problem("reason_missing", N_("Choose a reason."))]})
    at = uow.lock(Inquiry, inquiry)
    check_still(at, Do.ANSWER)
    move_inquiry(at, InquiryAct.REFUSE, text=text, reason=reason)
    at.row.reason = reason
    at.fact("inquiry.refused")
    return Done(inquiry)
