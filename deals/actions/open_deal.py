"""Makes a deal of an inquiry: the institute's side opens it, and its data room with it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Organisation
from core.ids import new_id, ref
from core.results import Done
from core.times import legal_date
from core.unit_of_work import At, UnitOfWork
from datarooms.actions.open_room import open_room
from datarooms.admitting import Opening
from deals.actions.claim_inquiry import buyer_opening
from deals.errors import ListingNotOpen
from deals.inquiring import move_inquiry
from deals.models import Deal, DealAsset, Inquiry
from deals.modes import DEFAULT, MODES
from deals.permissions import Do, check_inquiry
from deals.progress import run_on
from deals.states import InquiryAct
from listings.models import AssetMember, Contributor, Listing, OfferedWay
from listings.states import ListingState


def open_deal(uow: UnitOfWork, inquiry: str, *, mode: str = DEFAULT, related: bool = False) -> Done:
    """`related`: the officer declares that the buyer is related to the owner or a contributor;
    a buyer who is a contributor is marked in any case. Raises InquiryClosed, ListingNotOpen."""
    uow.check(check_inquiry, inquiry, Do.OPEN)
    asked = uow.lock(Inquiry, inquiry)
    listing = uow.session.get_one(Listing, asked.row.listing)
    if listing.state != ListingState.PUBLISHED:
        raise ListingNotOpen
    move_inquiry(asked, InquiryAct.DEAL)
    deal = new_id()
    assets = _assets(uow.session, listing.asset)
    room = open_room(uow, ref("deal", deal), _members(asked.row, listing)).ref
    row = _row(uow, asked, listing, mode, room, deal)
    row.related = related or _contributes(uow.session, assets, asked.row.sender_person)
    at = uow.create(row)
    uow.session.flush()
    for asset in assets:
        at.add(DealAsset(deal=deal, asset=asset))
    uow.session.flush()
    asked.row.deal = deal
    at.record("opened", mode=mode, inquiry=inquiry, profile=row.profile, related=row.related)
    at.fact("deal.opened")
    run_on(uow, at)
    return Done(deal)


def _row(
    uow: UnitOfWork, asked: At[Inquiry], listing: Listing, mode: str, room: str, deal: str
) -> Deal:
    today = legal_date(asked.now, uow.ports.zone)
    owner = uow.session.get_one(Organisation, listing.owner_org)
    return Deal(
        id=deal,
        mode=mode,
        listing=listing.id,
        inquiry=asked.row.id,
        room=room,
        seller_org=listing.owner_org,
        opened_at=asked.now,
        opened_by=uow.actor.person,
        jurisdiction=listing.jurisdiction,
        law_on=today,
        profile=uow.law(listing.jurisdiction, today).pin,
        currency=_currency(uow, asked.row),
        owner_is_state=owner.kind == "institute" and owner.country == "CN",
        seller_person=listing.contact_person,
        buyer_person=asked.row.sender_person,
        buyer_org=asked.row.sender_org,
        buyer_name=asked.row.sender_name,
        buyer_firm=asked.row.sender_firm,
        state=MODES[mode].start,
        moved_at=asked.now,
    )


def _currency(uow: UnitOfWork, asked: Inquiry) -> str:
    """The currency in which the way was offered, else the market's."""
    offered = select(OfferedWay.currency).where(
        OfferedWay.listing == asked.listing,
        OfferedWay.way == asked.way,
        OfferedWay.currency.is_not(None),
    )
    return uow.session.scalar(offered.limit(1)) or uow.ports.currency


def _assets(session: Session, asset: str) -> list[str]:
    """The listing's asset and, of a package, every member."""
    members = select(AssetMember.member).where(AssetMember.package == asset)
    return sorted({asset, *session.scalars(members)})


def _contributes(session: Session, assets: Iterable[str], person: str | None) -> bool:
    found = select(Contributor.n).where(
        Contributor.asset.in_(list(assets)), Contributor.person == person
    )
    return person is not None and session.scalar(found.limit(1)) is not None


def _members(asked: Inquiry, listing: Listing) -> tuple[Opening, ...]:
    """The owner's office, its named contact, and the sender where already known."""
    found = [Opening("seller", organisation=listing.owner_org)]
    if listing.contact_person and listing.contact_person != asked.sender_person:
        person, seat = listing.contact_person, listing.owner_org
        found.append(Opening("seller", person=person, of_organisation=seat))
    if asked.sender_person is not None:
        found.append(buyer_opening(asked))
    return tuple(found)
