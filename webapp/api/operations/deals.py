"""Negotiated deals: the room, offers, acceptance, leaving, objections, questions."""

from __future__ import annotations

from typing import Final

from accounts.scopes import Scope
from core.errors import NotFound
from core.i18n import N_
from core.ids import ref, show
from datarooms.actions.answer_question import answer_question
from datarooms.actions.ask_question import ask_question
from datarooms.queries import RoomPage, room_page
from deals.actions.accept_offer import accept_offer
from deals.actions.answer_objection import answer_objection
from deals.actions.enter_objection import enter_objection
from deals.actions.make_offer import make_offer
from deals.actions.record_export_paper import record_export_paper
from deals.actions.state_country import state_country
from deals.actions.walk_away import walk_away
from deals.actions.withdraw_offer import withdraw_offer
from deals.queries import DealPage, RoomFrame, deal_page, deals_behind, room_frame
from webapp.api.calling import Call, Reply
from webapp.api.declaring import Link, operation
from webapp.api.operations.sharing import address_of, page_of, part, place_of
from webapp.api.schemas.common import Empty, Page
from webapp.api.schemas.deals import (
    AcceptIn,
    CountryIn,
    DataRoomOut,
    DealOut,
    DealsOut,
    EnteredIn,
    ExportPaperIn,
    LeaveIn,
    ObjectionAnswerIn,
    OfferIn,
    QuestionIn,
    data_room_out,
    deal_line,
    deal_out,
)

TAG: Final = "deals"
_LIST: Final = "deals"


@operation(
    "GET", "/deals", "listDeals", N_("Deals of your side, newest first"), TAG,
    scope=Scope.READ_DEALS, query=Page, answer=DealsOut,
    links=(Link("readDeal", "deal", "/items/0/id"),),
)  # fmt: skip
def list_deals(call: Call) -> Reply:
    asked = call.query
    place = place_of(_LIST, asked.cursor)
    with call.look() as at:
        rows = deals_behind(at.session, call.actor, at.now, place, asked.limit + 1)
    shown_rows, following = part(
        _LIST, rows, asked.limit, lambda line: (line.row.opened_at, line.row.id)
    )
    items = [deal_line(line, page_of("deal", line.row.id)) for line in shown_rows]
    return Reply(DealsOut(items=items, next=following))


def _page(call: Call, id: str) -> DealPage:
    with call.look() as at:
        page = deal_page(at.session, call.actor, id, at.now)
    if page is None:
        raise NotFound(ref=f"deal:{id}")
    return page


def room_of(call: Call) -> tuple[RoomFrame, RoomPage]:
    """The data room behind the deal, for whoever is in it: a colleague who was let in may know no
    more of the deal than its frame. Raises NotFound."""
    id = call.id("deal")
    with call.look() as at:
        room = room_page(at.session, call.actor, ref("deal", id), at.now)
        frame = room_frame(at.session, call.actor, id) if room else None
    if room is None or frame is None:
        raise NotFound(ref=f"deal:{id}")
    return frame, room


def room(call: Call) -> str:
    return room_of(call)[1].id


def room_shown(call: Call) -> Reply:
    """The room as the caller's side sees it now."""
    id = call.id("deal")
    return Reply(data_room_out(id, address_of(f"/deals/{show('deal', id)}/files"), *room_of(call)))


def shown(call: Call, id: str) -> Reply:
    """The deal as the caller's side sees it now."""
    return Reply(deal_out(_page(call, id), page_of("deal", id)))


@operation(
    "GET", "/deals/{deal}", "readDeal", N_("One deal with offers, room and notice"), TAG,
    scope=Scope.READ_DEALS, answer=DealOut,
)  # fmt: skip
def read_deal(call: Call) -> Reply:
    return shown(call, call.id("deal"))


@operation(
    "POST", "/deals/{deal}/offers", "makeOffer", N_("Make an offer or a counter-offer"), TAG,
    scope=Scope.WRITE_DEALS, body=OfferIn, answer=DealOut, status=201,
    links=(Link("acceptOffer", "deal"), Link("withdrawOffer", "deal")),
)  # fmt: skip
def offer(call: Call) -> Reply:
    id = call.id("deal")
    currency = _page(call, id).line.row.currency  # pinned when the deal opened
    call.act(make_offer, id, call.body.terms.plain(currency), call.body.answering,
             call.body.price_reason)  # fmt: skip
    return shown(call, id)


@operation(
    "POST", "/deals/{deal}/offers/{version}/accept", "acceptOffer",
    N_("Accept the version that you read"), TAG,
    scope=Scope.WRITE_DEALS, body=AcceptIn, answer=DealOut,
)  # fmt: skip
def accept(call: Call) -> Reply:
    call.act(accept_offer, call.id("deal"), call.places["version"], call.body.price_reason)
    return shown(call, call.id("deal"))


@operation(
    "POST", "/deals/{deal}/offers/{version}/withdraw", "withdrawOffer",
    N_("Take back your own offer"), TAG,
    scope=Scope.WRITE_DEALS, body=Empty, answer=DealOut,
)  # fmt: skip
def withdraw(call: Call) -> Reply:
    call.act(withdraw_offer, call.id("deal"), call.places["version"])
    return shown(call, call.id("deal"))


@operation(
    "POST", "/deals/{deal}/leave", "leaveDeal", N_("End a deal before its contract"), TAG,
    scope=Scope.WRITE_DEALS, body=LeaveIn, answer=DealOut,
)  # fmt: skip
def leave(call: Call) -> Reply:
    call.act(walk_away, call.id("deal"), call.body.reason)
    return shown(call, call.id("deal"))


@operation(
    "POST", "/deals/{deal}/objections", "enterObjection",
    N_("Enter an objection that came by letter, telephone or in person"), TAG,
    scope=Scope.WRITE_DEALS, body=EnteredIn, answer=DealOut, status=201,
)  # fmt: skip
def enter(call: Call) -> Reply:
    id = _page(call, call.id("deal")).line.row.id
    call.act(enter_objection, id, call.body.plain())
    return shown(call, id)


@operation(
    "POST", "/deals/{deal}/objections/{objection}/answer", "answerObjection",
    N_("Answer an objection to the notice"), TAG,
    scope=Scope.WRITE_DEALS, body=ObjectionAnswerIn, answer=DealOut,
)  # fmt: skip
def objection(call: Call) -> Reply:
    named, id = call.id("objection"), call.id("deal")
    if named not in {one.id for one in _page(call, id).objections}:
        raise NotFound(ref=f"deal:{id}")
    call.act(answer_objection, named, call.body.outcome, call.body.answer, call.body.told)
    return shown(call, id)


@operation(
    "POST", "/deals/{deal}/country", "stateBuyerCountry",
    N_("State where a buyer without an organisation sits"), TAG,
    scope=Scope.WRITE_DEALS, body=CountryIn, answer=DealOut,
)  # fmt: skip
def country(call: Call) -> Reply:
    id = _page(call, call.id("deal")).line.row.id
    call.act(state_country, id, call.body.country)
    return shown(call, id)


@operation(
    "POST", "/deals/{deal}/export-papers", "recordExportPaper",
    N_("Record what the authority issued for an export"), TAG,
    scope=Scope.WRITE_DEALS, body=ExportPaperIn, answer=DealOut, status=201,
)  # fmt: skip
def export_paper(call: Call) -> Reply:
    id, sent = _page(call, call.id("deal")).line.row.id, call.body
    call.act(record_export_paper, id, sent.kind, sent.number, sent.issued_on)
    return shown(call, id)


@operation(
    "GET", "/deals/{deal}/room", "readDealRoom",
    N_("The data room of a deal, for everybody who is in it"), TAG,
    scope=Scope.READ_DEALS, answer=DataRoomOut,
    links=(Link("askQuestion", "deal", "/deal"), Link("listRoomPeople", "deal", "/deal")),
)  # fmt: skip
def read_room(call: Call) -> Reply:
    return room_shown(call)


@operation(
    "POST", "/deals/{deal}/questions", "askQuestion", N_("Ask the other side"), TAG,
    scope=Scope.WRITE_DEALS, body=QuestionIn, answer=DataRoomOut, status=201,
)  # fmt: skip
def ask(call: Call) -> Reply:
    call.act(ask_question, room(call), call.body.text)
    return room_shown(call)


@operation(
    "POST", "/deals/{deal}/questions/{question}/answer", "answerQuestion",
    N_("Answer a question of the other side"), TAG,
    scope=Scope.WRITE_DEALS, body=QuestionIn, answer=DataRoomOut,
)  # fmt: skip
def answer(call: Call) -> Reply:
    call.act(answer_question, room(call), call.id("question"), call.body.text)
    return room_shown(call)
