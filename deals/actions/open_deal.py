"""Makes a deal of an inquiry: the institute's side opens it, and its data room with it."""

from __future__ import annotations

from sqlalchemy import select

from core.results import Done
from core.stops import What, refuse_stopped
from core.unit_of_work import UnitOfWork
from deals.errors import ListingNotOpen
from deals.inquiring import move_inquiry
from deals.models import Inquiry
from deals.modes import DEFAULT
from deals.opening import Beginning, Party, begin_deal
from deals.permissions import Do, check_inquiry
from deals.progress import run_on
from deals.states import InquiryAct
from listings.models import Listing, OfferedWay
from listings.states import ListingState


def open_deal(uow: UnitOfWork, inquiry: str, *, mode: str = DEFAULT, related: bool = False) -> Done:
    """`related`: the officer declares that the buyer is related to the owner or a contributor;
    a buyer who is a contributor is marked in any case. Raises InquiryClosed,
    ListingNotOpen, DealsStopped."""
    uow.check(check_inquiry, inquiry, Do.OPEN)
    uow.check(refuse_stopped, What.DEALS)
    asked = uow.lock(Inquiry, inquiry)
    listing = uow.session.get_one(Listing, asked.row.listing)
    if listing.state != ListingState.PUBLISHED:
        raise ListingNotOpen
    move_inquiry(asked, InquiryAct.DEAL)
    how = Beginning(
        mode,
        _currency(uow, asked.row),
        _sender(asked.row),
        inquiry=inquiry,
        related=related,
    )
    at = begin_deal(uow, listing, asked.now, how)
    asked.row.deal = at.row.id
    run_on(uow, at)
    return Done(at.row.id)


def _sender(row: Inquiry) -> Party:
    return Party(row.sender_person, row.sender_org, row.sender_name, row.sender_firm)


def _currency(uow: UnitOfWork, asked: Inquiry) -> str:
    """The currency in which the way was offered, else the market's."""
    offered = select(OfferedWay.currency).where(
        OfferedWay.listing == asked.listing,
        OfferedWay.way == asked.way,
        OfferedWay.currency.is_not(None),
    )
    return uow.session.scalar(offered.limit(1)) or uow.ports.currency
