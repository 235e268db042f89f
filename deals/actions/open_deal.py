"""Makes a deal of an inquiry: the institute, or the maker of a result that it leaves unused."""

from __future__ import annotations

from sqlalchemy import select

from core.law import Profile
from core.results import Done
from core.stops import What, refuse_stopped
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from deals.border import border_before, is_asked
from deals.errors import ListingNotOpen, stop
from deals.inquiring import move_inquiry
from deals.models import Inquiry
from deals.modes import DEFAULT
from deals.opening import Beginning, Party, assets_of, begin_deal
from deals.outside import ask_owner
from deals.permissions import OFFICERS, Do, check_inquiry, check_still
from deals.progress import run_on
from deals.states import InquiryAct
from listings.models import Listing, OfferedWay
from listings.states import ListingState


def open_deal(
    uow: UnitOfWork,
    inquiry: str,
    *,
    mode: str = DEFAULT,
    related: bool = False,
    mode_reason: str = "",
) -> Done:
    """`related`: the officer declares that the buyer is related to the owner or a contributor;
    what the market finds is marked in any case. `mode_reason`: of a state owner, why the price is
    found in this mode where the law does not name it. Raises Invalid, InquiryClosed,
    ListingNotOpen, DealsStopped, ExportUnstated, ExportProhibited."""
    uow.check(check_inquiry, inquiry, Do.OPEN)
    uow.check(refuse_stopped, What.DEALS)
    asked = uow.lock(Inquiry, inquiry)
    check_still(asked, Do.OPEN)
    listing = uow.session.get_one(Listing, asked.row.listing)
    if listing.state != ListingState.PUBLISHED:
        raise ListingNotOpen
    profile = uow.law(listing.jurisdiction, legal_date(asked.now, uow.ports.zone))
    _check_border(uow, listing, asked.row, profile)
    why = ask_owner(uow, listing.owner_org, profile, mode, mode_reason)
    move_inquiry(asked, InquiryAct.DEAL)
    how = Beginning(
        mode,
        _currency(uow, asked.row),
        _sender(asked.row),
        inquiry=inquiry,
        mode_reason=why,
        related=related,
        maker=None if uow.actor.roles_in(listing.owner_org) & OFFICERS else uow.actor.person,
    )
    at = begin_deal(uow, listing, asked.now, how)
    asked.row.deal = at.row.id
    run_on(uow, at)
    return Done(at.row.id)


def _check_border(uow: UnitOfWork, listing: Listing, asked: Inquiry, profile: Profile) -> None:
    """Before talks with a buyer abroad the office states what may leave the country."""
    assets = assets_of(uow.session, listing.asset)
    border = border_before(
        uow.session,
        listing.owner_org,
        asked.sender_org,
        assets,
        asked=is_asked(profile),
        stated=asked.sender_country,
    )
    if border is not None and border.against_opening:
        raise stop(border.against_opening)


def _sender(row: Inquiry) -> Party:
    return Party(
        row.sender_person, row.sender_org, row.sender_name, row.sender_firm, row.sender_country
    )


def _currency(uow: UnitOfWork, asked: Inquiry) -> str:
    """The currency in which the way was offered, else the market's."""
    offered = select(OfferedWay.currency).where(
        OfferedWay.listing == asked.listing,
        OfferedWay.way == asked.way,
        OfferedWay.currency.is_not(None),
    )
    return uow.session.scalar(offered.limit(1)) or uow.ports.currency
