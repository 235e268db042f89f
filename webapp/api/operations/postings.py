"""Published terms: read by anybody, posted and withdrawn by the office, taken by a firm."""

from __future__ import annotations

from typing import Any, Final

from accounts.scopes import Scope
from core.errors import NotFound
from core.i18n import N_
from core.ids import show
from deals.actions.post_terms import post_terms
from deals.actions.take_terms import take_terms
from deals.actions.withdraw_terms import withdraw_terms
from deals.posting import Posted
from deals.queries.postings import PostingPage, posting_page, postings_on, state_on
from listings.permissions import Do
from webapp.api.calling import Call, Reply
from webapp.api.declaring import Link, operation
from webapp.api.operations import deals, listings
from webapp.api.operations.sharing import page_of
from webapp.api.schemas.common import Empty, plain_id
from webapp.api.schemas.deals import DealOut
from webapp.api.schemas.postings import (
    PostingIn,
    PostingLineOut,
    PostingOut,
    PostingsOut,
    TakeIn,
    posting_out,
)
from webapp.language import page_language
from webapp.presenters.posted import currency_for

TAG: Final = "postings"


@operation(
    "GET", "/listings/{listing}/postings", "listPostings",
    N_("Terms on a listing that can be accepted as they stand"), TAG,
    answer=PostingsOut, links=(Link("readPosting", "posting", "/items/0/id"),),
)  # fmt: skip
def list_postings(call: Call) -> Reply:
    id = listings.page_for(call, call.id("listing")).id
    with call.look() as at:
        items = [
            PostingLineOut(
                id=show("posting", row.id),
                url=page_of("posting", row.id),
                listing=show("listing", row.listing),
                mode=row.mode,
                state=state_on(row, at.today),
                way=row.way,
                posted_at=row.posted_at,
                valid_until=row.valid_until,
            )
            for row in postings_on(at.session, id, at.today)
        ]
    return Reply(PostingsOut(items=items))


def _page(call: Call, id: str) -> PostingPage:
    with call.look() as at:
        page = posting_page(at.session, call.actor, id, at.today, page_language())
    if page is None:
        raise NotFound(ref=f"posting:{id}")
    return page


def _shown(call: Call, id: str) -> Reply:
    return Reply(posting_out(_page(call, id), page_of("posting", id)))


@operation(
    "GET", "/postings/{posting}", "readPosting", N_("Published terms, and who may accept them"),
    TAG, answer=PostingOut,
)  # fmt: skip
def read_posting(call: Call) -> Reply:
    return _shown(call, call.id("posting"))


@operation(
    "POST", "/listings/{listing}/postings", "postTerms",
    N_("Publish terms that can be accepted as they stand"), TAG,
    scope=Scope.WRITE_DEALS, body=PostingIn, answer=PostingOut, status=201, refuses=(410,),
    links=tuple(Link(name, "posting") for name in ("readPosting", "takeTerms", "withdrawTerms")),
)  # fmt: skip
def post(call: Call) -> Reply:
    """In the currency in which the listing names prices, as on its page."""
    page, sent = listings.page_for(call, call.id("listing")), call.body
    if Do.PUBLISH not in page.may:
        raise NotFound(ref=f"listing:{page.id}")
    terms = sent.terms.plain(currency_for(page))
    reasons = sent.price_reason, sent.mode_reason
    posted = Posted(sent.mode, terms, sent.conditions, sent.domestic_only, *reasons)
    done: Any = call.act(post_terms, page.id, posted)
    return _shown(call, done.ref)


@operation(
    "POST", "/postings/{posting}/withdraw", "withdrawTerms",
    N_("Take published terms back; what was accepted stays accepted"), TAG,
    scope=Scope.WRITE_DEALS, body=Empty, answer=PostingOut,
)  # fmt: skip
def withdraw(call: Call) -> Reply:
    id = _page(call, call.id("posting")).row.id
    call.act(withdraw_terms, id)
    return _shown(call, id)


@operation(
    "POST", "/postings/{posting}/take", "takeTerms",
    N_("Accept published terms in the name of an organisation"), TAG,
    scope=Scope.WRITE_DEALS, body=TakeIn, answer=DealOut, status=201,
    links=(Link("readDeal", "deal"),),
)  # fmt: skip
def take(call: Call) -> Reply:
    """Terms of an open listing are registered for, not taken."""
    page, sent = _page(call, call.id("posting")), call.body
    if page.mode.rounds:
        raise NotFound(ref=f"posting:{page.row.id}")
    done: Any = call.act(
        take_terms, page.row.id, plain_id(sent.organisation),
        confirmed=sent.confirmed, related=sent.related,
    )  # fmt: skip
    return deals.shown(call, done.ref)
