"""The institute answers an inquiry in its own words."""

from __future__ import annotations

from core.errors import Invalid, Problem
from core.i18n import N_
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.inquiring import move_inquiry
from deals.models import Inquiry
from deals.permissions import Do, check_inquiry, check_still
from deals.states import InquiryAct


def answer_inquiry(uow: UnitOfWork, inquiry: str, text: str) -> Done:
    """Raises Invalid without a text, InquiryClosed, NotFound, Forbidden."""
    uow.check(check_inquiry, inquiry, Do.ANSWER)
    if not text.strip():
        raise Invalid({"text": [Problem("text_missing", N_("Write the answer first."))]})
    at = uow.lock(Inquiry, inquiry)
    check_still(at, Do.ANSWER)
    move_inquiry(at, InquiryAct.ANSWER, text=text)
    at.fact("inquiry.answered")
    return Done(inquiry)
