"""Open listings: read, registered for, quoted sealed, replayed once they are opened."""

from __future__ import annotations

from typing import Final

from accounts.scopes import Scope
from core.errors import NotFound
from core.i18n import N_
from core.ids import show
from deals.rounds.actions.leave_quote import leave_quote
from deals.rounds.actions.leave_round import leave_round
from deals.rounds.actions.register_interest import register_interest
from deals.rounds.queries import RoundPage, desk, round_page, rounds_on, state_at, transcript
from listings.queries import listing_page
from webapp.api.calling import Call, Reply
from webapp.api.declaring import Link, operation
from webapp.api.operations.sharing import page_of
from webapp.api.schemas.common import plain_id
from webapp.api.schemas.rounds import (
    QuoteIn,
    RegisteredIn,
    RegisterIn,
    RoundLineOut,
    RoundOut,
    RoundsOut,
    TranscriptOut,
    round_out,
)
from webapp.language import page_language

TAG: Final = "rounds"


@operation(
    "GET", "/listings/{listing}/rounds", "listRounds", N_("Open listings that run on a listing"),
    TAG, answer=RoundsOut, links=(Link("readRound", "round", "/items/0/id"),),
)  # fmt: skip
def list_rounds(call: Call) -> Reply:
    id = call.id("listing")
    with call.look() as at:
        if listing_page(at.session, call.actor, id, at.today) is None:
            raise NotFound(ref=f"listing:{id}")
        items = [
            RoundLineOut(
                id=show("round", row.id),
                url=page_of("round", row.id),
                listing=show("listing", row.listing),
                state=state_at(row, at.now),
                currency=row.currency,
                list_price=row.floor_minor,
                ends_on=row.ends_on,
            )
            for row in rounds_on(at.session, id)
        ]
    return Reply(RoundsOut(items=items))


def _page(call: Call) -> RoundPage:
    id = call.id("round")
    with call.look() as at:
        page = round_page(at.session, call.actor, id, at.now, page_language())
    if page is None:
        raise NotFound(ref=f"round:{id}")
    return page


def _shown(call: Call) -> Reply:
    page = _page(call)
    with call.look() as at:
        lines = desk(at.session, call.actor, page.row.id, page_language())
    return Reply(round_out(page, page_of("round", page.row.id), lines))


def _check_own(call: Call) -> None:
    """Raises NotFound where the registration that the body names is not the caller's in this
    round."""
    if call.body.registration not in {one.row.id for one in _page(call).mine}:
        raise NotFound(ref=f"round:{call.id('round')}")


@operation(
    "GET", "/rounds/{round}", "readRound", N_("One open listing, as far as you may see it"), TAG,
    answer=RoundOut,
)  # fmt: skip
def read_round(call: Call) -> Reply:
    return _shown(call)


@operation(
    "GET", "/rounds/{round}/opening", "readOpening",
    N_("Keys, boxes, nonces and amounts of an opened listing"), TAG, answer=TranscriptOut,
)  # fmt: skip
def read_opening(call: Call) -> Reply:
    found = transcript(_page(call))
    if found is None:
        raise NotFound(ref=f"round:{call.id('round')}")
    return Reply(TranscriptOut(transcript=found))


@operation(
    "POST", "/rounds/{round}/registrations", "registerInterest",
    N_("Register an organisation and accept the list price"), TAG,
    scope=Scope.WRITE_DEALS, body=RegisterIn, answer=RoundOut, status=201,
    links=(Link("readRound", "round"), Link("leaveQuote", "round"), Link("leaveRound", "round")),
)  # fmt: skip
def register(call: Call) -> Reply:
    sent = call.body
    organisation = plain_id(sent.organisation)
    call.act(
        register_interest, call.id("round"), organisation,
        confirmed=sent.confirmed, related=sent.related,
    )  # fmt: skip
    return _shown(call)


@operation(
    "POST", "/rounds/{round}/quotes", "leaveQuote", N_("Leave a sealed quote"), TAG,
    scope=Scope.WRITE_DEALS, body=QuoteIn, answer=RoundOut, status=201,
)  # fmt: skip
def quote(call: Call) -> Reply:
    _check_own(call)
    call.act(leave_quote, call.body.registration, call.body.commitment, call.body.box)
    return _shown(call)


@operation(
    "POST", "/rounds/{round}/leave", "leaveRound", N_("Withdraw a registration"), TAG,
    scope=Scope.WRITE_DEALS, body=RegisteredIn, answer=RoundOut,
)  # fmt: skip
def leave(call: Call) -> Reply:
    _check_own(call)
    call.act(leave_round, call.body.registration)
    return _shown(call)
