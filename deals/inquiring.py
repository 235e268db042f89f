"""What the actions on an inquiry share: moving it, writing its event, keeping its timers."""

from __future__ import annotations

from typing import Final

from sqlalchemy.orm import Session

from accounts.codes import Codes
from accounts.models import Organisation
from core.actor import Actor
from core.times import legal_date
from core.unit_of_work import At
from deals.models import Inquiry, InquiryEvent
from deals.states import InquiryAct, inquiry_after

REMIND, ESCALATE = "remind", "escalate"
CLAIM = "inquiry"
"""The purpose under which links to an inquiry are made."""

_ANSWERS = frozenset({InquiryAct.ANSWER, InquiryAct.REFUSE, InquiryAct.TALK, InquiryAct.DEAL})


def move_inquiry(
    at: At[Inquiry], act: InquiryAct, *, text: str = "", channel: str = "market", reason: str = ""
) -> None:
    """Moves a locked inquiry and writes the event. Raises InquiryClosed."""
    before, at.row.state = at.row.state, inquiry_after(at.row.state, act)
    if act in _ANSWERS and at.row.first_answer_at is None:
        _count_answer(at)
    add_event(at, str(act), text=text, channel=channel, reason=reason)
    at.record(str(act), before=before, after=str(at.row.state), channel=channel, reason=reason)


def add_event(
    at: At[Inquiry], kind: str, *, text: str = "", channel: str = "market", reason: str = ""
) -> None:
    """One line of the inquiry's history."""
    row = InquiryEvent(
        inquiry=at.row.id,
        kind=kind,
        at=at.now,
        by=at.uow.actor.person,
        channel=channel,
        reason=reason or None,
        text=text.strip(),
    )
    at.add(row)


def claim_token(secret: bytes, inquiry: str) -> str:
    """What the sender's link holds; derived, so that nothing secret is stored."""
    return Codes(secret).token(CLAIM, inquiry)


def inquiry_of_token(secret: bytes, token: str) -> str | None:
    """The inquiry whose link this is, or None."""
    return Codes(secret).read_token(CLAIM, token)


def _count_answer(at: At[Inquiry]) -> None:
    uow = at.uow
    today = legal_date(at.now, uow.ports.zone)
    calendar = uow.law(at.row.jurisdiction, today).calendar
    asked_on = legal_date(at.row.asked_at, uow.ports.zone)
    at.row.first_answer_at = at.now
    at.row.answer_days = calendar.working_days_between(asked_on, today)
    at.timer(REMIND, None)
    at.timer(ESCALATE, None)


def country_of(session: Session, organisation: str | None) -> str:
    """Of the market's register, which the law on exports goes by; "" without an organisation."""
    return session.get_one(Organisation, organisation).country if organisation else ""


def own_organisation(actor: Actor, owner_org: str) -> str | None:
    """The one organisation that the sender speaks for, if there is no doubt about it."""
    speaks = {seat.organisation for seat in actor.seats if seat.kind not in _NEITHER_SIDE}
    seats = speaks - {seat.organisation for seat in actor.seats if seat.house}
    return seats.pop() if len(seats) == 1 and owner_org not in speaks else None


_NEITHER_SIDE: Final = frozenset({"operator"})
