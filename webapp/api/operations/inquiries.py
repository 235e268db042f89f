"""Inquiries: sent, read, answered, refused, talked about, made a deal."""

from __future__ import annotations

from typing import Any, Final

from accounts.scopes import Scope
from core.errors import NotFound
from core.i18n import N_
from deals.actions.answer_inquiry import answer_inquiry
from deals.actions.log_talk import log_talk
from deals.actions.open_deal import open_deal
from deals.actions.refuse_inquiry import refuse_inquiry
from deals.actions.send_inquiry import send_inquiry
from deals.queries import inquiries_behind, inquiry_page
from deals.states import InquiryState
from webapp.api.calling import Call, Reply
from webapp.api.declaring import Link, operation
from webapp.api.operations import deals
from webapp.api.operations.sharing import page_of, part, place_of
from webapp.api.schemas.common import Page
from webapp.api.schemas.deals import DealOut
from webapp.api.schemas.inquiries import (
    AnswerIn,
    InquiriesOut,
    InquiryIn,
    InquiryOut,
    OpenIn,
    RefuseIn,
    TalkIn,
    inquiry_line,
    inquiry_out,
)
from webapp.sessions import origin

TAG: Final = "inquiries"
_LIST: Final = "inquiries"


class InquiriesQuery(Page):
    state: InquiryState | None = None


@operation(
    "GET", "/inquiries", "listInquiries", N_("Inquiries of either side, newest first"), TAG,
    scope=Scope.READ_INQUIRIES, query=InquiriesQuery, answer=InquiriesOut,
    links=(Link("readInquiry", "inquiry", "/items/0/id"),),
)  # fmt: skip
def list_inquiries(call: Call) -> Reply:
    asked = call.query
    place = place_of(_LIST, asked.cursor)
    with call.look() as at:
        rows = inquiries_behind(
            at.session, call.actor, at.now, place, asked.limit + 1, state=asked.state
        )
    shown, following = part(_LIST, rows, asked.limit, lambda line: (line.row.asked_at, line.row.id))
    items = [inquiry_line(line, page_of("inquiry", line.row.id)) for line in shown]
    return Reply(InquiriesOut(items=items, next=following))


def _shown(call: Call, id: str) -> Reply:
    with call.look() as at:
        page = inquiry_page(at.session, call.actor, id, at.now)
    if page is None:
        raise NotFound(ref=f"inquiry:{id}")
    return Reply(inquiry_out(page, page_of("inquiry", id)))


@operation(
    "GET", "/inquiries/{inquiry}", "readInquiry", N_("One inquiry with its history"), TAG,
    scope=Scope.READ_INQUIRIES, answer=InquiryOut,
)  # fmt: skip
def read_inquiry(call: Call) -> Reply:
    return _shown(call, call.id("inquiry"))


@operation(
    "POST", "/inquiries", "sendInquiry", N_("Ask for a published listing"), TAG,
    scope=Scope.WRITE_INQUIRIES, body=InquiryIn, answer=InquiryOut, status=201,
    refuses=(404, 410), links=(Link("readInquiry", "inquiry"), Link("answerInquiry", "inquiry")),
)  # fmt: skip
def send(call: Call) -> Reply:
    done: Any = call.act(send_inquiry, call.body.plain(), origin())
    return _shown(call, done.ref)


@operation(
    "POST", "/inquiries/{inquiry}/answer", "answerInquiry", N_("Answer in your own words"), TAG,
    scope=Scope.WRITE_INQUIRIES, body=AnswerIn, answer=InquiryOut,
)  # fmt: skip
def answer(call: Call) -> Reply:
    call.act(answer_inquiry, call.id("inquiry"), call.body.text)
    return _shown(call, call.id("inquiry"))


@operation(
    "POST", "/inquiries/{inquiry}/refuse", "refuseInquiry", N_("Decline with a reason"), TAG,
    scope=Scope.WRITE_INQUIRIES, body=RefuseIn, answer=InquiryOut,
)  # fmt: skip
def refuse(call: Call) -> Reply:
    call.act(refuse_inquiry, call.id("inquiry"), call.body.reason, call.body.text)
    return _shown(call, call.id("inquiry"))


@operation(
    "POST", "/inquiries/{inquiry}/talks", "logTalk", N_("Write down a talk in one line"), TAG,
    scope=Scope.WRITE_INQUIRIES, body=TalkIn, answer=InquiryOut,
)  # fmt: skip
def talk(call: Call) -> Reply:
    call.act(log_talk, call.id("inquiry"), call.body.channel, call.body.line)
    return _shown(call, call.id("inquiry"))


@operation(
    "POST", "/inquiries/{inquiry}/deal", "openDeal", N_("Make a deal of an inquiry"), TAG,
    scope=Scope.WRITE_INQUIRIES, body=OpenIn, answer=DealOut, status=201, refuses=(410,),
    links=(Link("readDeal", "deal"), Link("makeOffer", "deal"), Link("leaveDeal", "deal")),
)  # fmt: skip
def open_(call: Call) -> Reply:
    sent = call.body
    done: Any = call.act(
        open_deal, call.id("inquiry"), related=sent.related, mode_reason=sent.mode_reason
    )
    return deals.shown(call, done.ref)
