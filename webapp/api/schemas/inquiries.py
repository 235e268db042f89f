"""Inquiries: what programs send and read, and which side sees what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Final, Literal

from pydantic import Field

from core.ids import show
from core.money import Money
from deals.models import InquiryEvent
from deals.queries import InquiryLine, InquiryPage
from deals.rules import Question
from listings.kinds import Way
from webapp.api.fields import Shape, words
from webapp.api.schemas.common import (
    LARGEST_MINOR,
    Amount,
    In,
    Line,
    Out,
    Prose,
    Word,
    amount,
    plain_id,
    shown_id,
)
from webapp.api.schemas.deals import Reason


class Budget(Amount):
    minor: Annotated[int, Field(ge=1, le=LARGEST_MINOR)]


class AskedIn(In):
    """What is asked of a listing that is known. At least one of `phone` and `mail`. `country`:
    where the firm sits, two letters of ISO 3166-1 or ZZ; of an organisation of the market its
    register counts."""

    way: Way
    purpose: Prose
    timetable: Literal["now", "quarter", "half_year", "year", "exploring"]
    name: Word
    firm: Word
    phone: Word = ""
    mail: Word = ""
    budget: Budget | None = None
    question: Prose = ""
    country: Annotated[str, Field(pattern="^([A-Z]{2})?$")] = ""

    def plain(self) -> Question:
        """Without its listing."""
        return Question(
            "",
            self.way,
            self.purpose,
            self.timetable,
            self.name,
            self.firm,
            self.phone,
            self.mail,
            self.budget.minor if self.budget else None,
            self.budget.currency if self.budget else None,
            self.question,
            self.country,
        )


class InquiryIn(AskedIn):
    """What is asked, and of which listing."""

    listing: shown_id("listing")  # type: ignore[valid-type]

    def plain(self) -> Question:
        return replace(super().plain(), listing=plain_id(self.listing) or "")


class AnswerIn(In):
    text: Prose


class RefuseIn(In):
    reason: Literal[
        "not_available", "no_capacity", "field_taken", "not_suitable", "export", "other"
    ]
    text: Prose = ""


class TalkIn(In):
    channel: Literal["telephone", "wechat", "mail", "meeting"]
    line: Line


class OpenIn(In):
    """`related`: the buyer is related to the owner or to a contributor. `mode_reason`: why the
    price is found by agreement, needed of a state owner where the law names other ways alone; the
    buyer does not read it."""

    related: bool = False
    mode_reason: Reason = ""


class SenderOut(Out):
    name: str
    firm: str
    phone: str | None
    mail: str | None
    country: str | None


class EventOut(Out):
    kind: str
    at: datetime
    channel: str
    reason: str | None
    text: str


class InquiryOut(Out):
    """`sender` and what only the institute should read are there for who may answer."""

    id: str
    url: str
    listing: str
    title: str
    owner: str
    owner_name: str
    state: str
    way: str
    purpose: str
    timetable: str
    budget: Amount | None
    question: str
    asked_at: datetime
    due_on: date
    overdue: bool
    first_answer_at: datetime | None
    reason: str | None
    deal: str | None
    events: list[EventOut]
    sender: SenderOut | None = None
    may_open: bool = False


_SENDER: Final = words(
    "id url listing title owner owner_name state way purpose timetable budget question asked_at "
    "due_on overdue first_answer_at reason deal events"
)
INQUIRY: Final = Shape(
    InquiryOut, {"sender": _SENDER, "office": _SENDER | words("sender may_open")}
)
_TOLD: Final = frozenset({"sent", "answer", "refuse", "open_deal"})
"""Events that the asking side reads too."""


def inquiry_out(page: InquiryPage, url: str) -> InquiryOut:
    row = page.line.row
    relation = "office" if page.may_answer else "sender"
    same = "state way purpose timetable question asked_at due_on first_answer_at reason"
    values = {name: getattr(row, name) for name in same.split()}
    values |= {
        "id": show("inquiry", row.id),
        "url": url,
        "listing": show("listing", row.listing),
        "title": page.line.title,
        "owner": show("organisation", row.owner_org),
        "owner_name": page.line.owner,
        "budget": _budget(row.budget_minor, row.currency),
        "overdue": page.line.overdue,
        "deal": show("deal", row.deal) if row.deal else None,
        "events": [_event(e) for e in page.events if page.may_answer or e.kind in _TOLD],
        "sender": SenderOut(
            name=row.sender_name, firm=row.sender_firm, phone=row.sender_phone,
            mail=row.sender_mail, country=row.sender_country,
        ),
        "may_open": page.may_open,
    }  # fmt: skip
    return INQUIRY.show(relation, values)


def _budget(minor: int | None, currency: str | None) -> Amount | None:
    return amount(Money(minor, currency)) if minor is not None and currency else None


def _event(event: InquiryEvent) -> EventOut:
    return EventOut(
        kind=event.kind,
        at=event.at,
        channel=event.channel,
        reason=event.reason,
        text=event.text,
    )


class InquiryLineOut(Out):
    id: str
    url: str
    listing: str
    title: str
    owner_name: str
    state: str
    asked_at: datetime
    due_on: date
    overdue: bool
    mine: bool


class InquiriesOut(Out):
    """`next` is the cursor of what follows; null at the end. `mine`: one's own side asked."""

    items: list[InquiryLineOut]
    next: str | None


def inquiry_line(line: InquiryLine, url: str) -> InquiryLineOut:
    row = line.row
    return InquiryLineOut(
        id=show("inquiry", row.id),
        url=url,
        listing=show("listing", row.listing),
        title=line.title,
        owner_name=line.owner,
        state=row.state,
        asked_at=row.asked_at,
        due_on=row.due_on,
        overdue=line.overdue,
        mine=line.mine,
    )
