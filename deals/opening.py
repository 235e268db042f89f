"""What every opening of a deal shares: its row with pins, its assets, its room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Organisation
from accounts.queries import houses
from core.ids import new_id, ref
from core.times import legal_date
from core.unit_of_work import At, UnitOfWork
from datarooms.actions.open_room import open_room
from datarooms.admitting import Opening
from deals.errors import DealWithOneself
from deals.models import Deal, DealAsset
from deals.modes import MODES
from deals.pricing import hashed
from deals.relations import is_related
from listings.models import AssetMember, Listing


@dataclass(frozen=True)
class Party:
    """The buyer, as far as known: a person, the organisation they act for, and their names."""

    person: str | None = None
    organisation: str | None = None
    name: str = ""
    firm: str = ""
    country: str | None = None
    """What the inquiry said; of an organisation the register knows."""


@dataclass(frozen=True)
class Beginning:
    """How a deal begins: its mode and currency, and the inquiry, published terms or trial behind
    it."""

    mode: str
    currency: str
    buyer: Party = Party()
    inquiry: str | None = None
    posting: str | None = None
    follows: str | None = None
    maker: str | None = None
    """Who opens it in the unit's place and speaks for it, instead of the listing's contact."""
    mode_reason: str = ""
    """Why the price is found in a way that the law does not name, where no posting says it."""
    related: bool = False
    """Declared; what `deals.relations` finds is marked in any case."""


def begin_deal(uow: UnitOfWork, listing: Listing, now: datetime, how: Beginning) -> At[Deal]:
    """A new deal with its room, under the caller's locks. The caller has asked who may. Raises
    DealWithOneself."""
    id, assets = new_id(), assets_of(uow.session, listing.asset)
    room = open_room(uow, ref("deal", id), _members(how, listing)).ref
    row = _row(uow, listing, now, how)
    row.id, row.room = id, room
    row.related = how.related or is_related(
        uow.session,
        assets,
        listing.owner_org,
        now,
        person=how.buyer.person,
        organisation=how.buyer.organisation,
    )
    at = uow.create(row)
    uow.session.flush()
    _two_sides(uow.session, row)
    for asset in assets:
        at.add(DealAsset(deal=id, asset=asset))
    uow.session.flush()
    named = {
        name: getattr(how, name) for name in ("inquiry", "posting", "follows") if getattr(how, name)
    }
    if (why := hashed(row.mode_reason)) is not None:
        named["why"] = why
    at.record("opened", mode=how.mode, profile=row.profile, related=row.related, **named)
    at.fact("deal.opened")
    return at


def _two_sides(session: Session, row: Deal) -> None:
    """Asked after the row is there: its references hold both organisations until the commit, so
    that a merge of the two comes wholly before or wholly after. Raises DealWithOneself."""
    if row.buyer_org is None:
        return
    moved = houses(session, [row.seller_org, row.buyer_org])
    if moved.get(row.seller_org, row.seller_org) == moved.get(row.buyer_org, row.buyer_org):
        raise DealWithOneself


def owner_is_state(session: Session, organisation: str) -> bool:
    """Whether the Chinese law on state institutes' results binds this owner."""
    owner = session.get_one(Organisation, organisation)
    return owner.kind == "institute" and owner.country == "CN"


def assets_of(session: Session, asset: str) -> list[str]:
    """A listing's asset and, of a package, every member."""
    members = select(AssetMember.member).where(AssetMember.package == asset)
    return sorted({asset, *session.scalars(members)})


def _row(uow: UnitOfWork, listing: Listing, now: datetime, how: Beginning) -> Deal:
    today = legal_date(now, uow.ports.zone)
    return Deal(
        mode=how.mode,
        listing=listing.id,
        inquiry=how.inquiry,
        posting=how.posting,
        follows=how.follows,
        seller_org=listing.owner_org,
        opened_at=now,
        opened_by=uow.actor.person,
        jurisdiction=listing.jurisdiction,
        law_on=today,
        profile=uow.law(listing.jurisdiction, today).pin,
        currency=how.currency,
        owner_is_state=owner_is_state(uow.session, listing.owner_org),
        mode_reason=how.mode_reason,
        seller_person=how.maker or listing.contact_person,
        buyer_person=how.buyer.person,
        buyer_org=how.buyer.organisation,
        buyer_name=how.buyer.name,
        buyer_firm=how.buyer.firm,
        buyer_country=None if how.buyer.organisation else how.buyer.country,
        state=MODES[how.mode].start,
        moved_at=now,
    )


def _members(how: Beginning, listing: Listing) -> tuple[Opening, ...]:
    """The owner's office, who speaks for it, and the buyer where already known."""
    buyer, seat = how.buyer, listing.owner_org
    found = [Opening("seller", organisation=seat)]
    speaks = how.maker or listing.contact_person
    if speaks and speaks != buyer.person:
        found.append(Opening("seller", person=speaks, of_organisation=seat))
    if buyer.person is not None or buyer.organisation is not None:
        found.append(buyer_opening(buyer.person, buyer.organisation))
    return tuple(found)


def buyer_opening(person: str | None, organisation: str | None) -> Opening:
    """The grant that lets the buyer, or the acting people of their organisation, into the room."""
    if organisation is not None:
        return Opening("buyer", organisation=organisation)
    return Opening("buyer", person=person)
