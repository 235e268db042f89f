"""A talk by telephone, WeChat, mail or in person, written down in one line."""

from __future__ import annotations

from core.errors import Invalid, Problem
from core.i18n import N_
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.inquiring import move_inquiry
from deals.models import Inquiry
from deals.permissions import Do, check_inquiry, check_still
from deals.rules import CHANNELS, LONGEST_LINE
from deals.states import InquiryAct


def log_talk(uow: UnitOfWork, inquiry: str, channel: str, line: str) -> Done:
    """The first talk counts as an answer: the sender was spoken to. Raises Invalid."""
    uow.check(check_inquiry, inquiry, Do.ANSWER)
    problems = {}
    if channel not in CHANNELS:
        problems["channel"] = [Problem("channel_unknown", N_("Choose how you spoke."))]
    if not line.strip():
        problems["line"] = [Problem("line_missing", N_("Write one line about the talk."))]
    elif len(line) > LONGEST_LINE:
        text = N_("Use at most %(limit)s characters.")
        problems["line"] = [Problem("too_long", text, {"limit": LONGEST_LINE})]
    if problems:
        raise Invalid(problems)
    at = uow.lock(Inquiry, inquiry)
    check_still(at, Do.ANSWER)
    move_inquiry(at, InquiryAct.TALK, text=line, channel=channel)
    at.fact("inquiry.talked")
    return Done(inquiry)
