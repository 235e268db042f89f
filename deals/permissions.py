"""Who may do what to an inquiry, a deal or a notice: one function each, and SQL that agrees."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlalchemy.orm import Session

from accounts.permissions import refuse_barred
from accounts.sanctions import Bar
from core.actor import Actor
from core.errors import Forbidden, NotFound
from core.unit_of_work import At
from deals.engine.declaration import Side
from deals.idle.acting import acted_for
from deals.models import Deal, Inquiry
from listings.models import Asset, Listing

OFFICERS: Final = frozenset({"tto_officer", "firm_admin"})
BUYERS: Final = frozenset({"firm_member", "firm_admin", "tto_officer"})
OVERSEERS: Final = frozenset({"operator", "auditor"})


class Do(StrEnum):
    READ = "read"
    ANSWER = "answer"
    """answer or refuse an inquiry, log a talk about it"""
    OPEN = "open"
    """make a deal of an inquiry"""
    ACT = "act"
    """take a side's step in a deal; which steps, the mode says"""


@dataclass(frozen=True)
class InquiryFacts:
    owner_org: str
    contact_person: str | None
    sender_person: str | None
    sender_org: str | None
    maker: str | None = None
    """Who acts in the unit's place on a result that it leaves unused (`deals/idle`)."""


@dataclass(frozen=True)
class DealFacts:
    seller_org: str
    seller_person: str | None
    buyer_person: str | None
    buyer_org: str | None


def may_inquiry(actor: Actor, do: Do, facts: InquiryFacts) -> bool:
    """The owner's office, the seated contact and the maker of an unused result answer; office and
    maker open; the sender reads."""
    if actor.kind != "person":
        return actor.kind == "system"
    office = bool(actor.roles_in(facts.owner_org) & OFFICERS)
    contact = _seated(actor, facts.contact_person, facts.owner_org)
    maker = _seated(actor, facts.maker, facts.owner_org) and not _sent(actor, facts)
    if do is Do.OPEN:
        return office or maker
    if do is Do.ANSWER:
        return office or contact or maker
    if do is not Do.READ:
        return False
    return office or contact or maker or oversees(actor, facts.owner_org) or _sent(actor, facts)


def may(actor: Actor, do: Do, facts: DealFacts) -> bool:
    """Both sides act and read, the named contact and the overseers read; nobody else knows."""
    if actor.kind != "person":
        return actor.kind == "system"
    if do is Do.ACT:
        return side_of(actor, facts) is not None
    if do is not Do.READ:
        return False
    return (
        _sells(actor, facts)
        or _buys(actor, facts)
        or _seated(actor, facts.seller_person, facts.seller_org)
        or oversees(actor, facts.seller_org)
    )


def side_of(actor: Actor, facts: DealFacts) -> Side | None:
    """The side for which the actor may act; None for neither, and for somebody on both."""
    sells, buys = _sells(actor, facts), _buys(actor, facts)
    if sells == buys:
        return None
    return Side.SELLER if sells else Side.BUYER


def view_side(actor: Actor, facts: DealFacts) -> Side | None:
    """The side from which the actor looks: as `side_of`, and the owner's contact too."""
    if side := side_of(actor, facts):
        return side
    return Side.SELLER if _seated(actor, facts.seller_person, facts.seller_org) else None


def oversees(actor: Actor, organisation: str) -> bool:
    """The market's operator and auditor oversee all, an organisation's own auditor its own."""
    market = any(seat.kind == "operator" and seat.roles & OVERSEERS for seat in actor.seats)
    return market or "auditor" in actor.roles_in(organisation)


def readable(actor: Actor) -> ColumnElement[bool]:
    """The deals for which `may(actor, READ, …)` says yes."""
    if actor.kind != "person":
        return true() if actor.kind == "system" else false()
    if _oversees_market(actor):
        return true()
    seats = sorted(actor.organisations)
    return or_(
        Deal.seller_org.in_(_with(actor, OFFICERS | {"auditor"})),
        and_(Deal.seller_person == actor.person, Deal.seller_org.in_(seats)),
        Deal.buyer_org.in_(_with(actor, BUYERS)),
        and_(
            Deal.buyer_person == actor.person,
            or_(Deal.buyer_org.is_(None), Deal.buyer_org.in_(seats)),
        ),
    )


def readable_inquiries(actor: Actor) -> ColumnElement[bool]:
    """The inquiries for which `may_inquiry(actor, READ, …)` says yes."""
    if actor.kind != "person":
        return true() if actor.kind == "system" else false()
    if _oversees_market(actor):
        return true()
    seats = sorted(actor.organisations)
    return or_(
        Inquiry.owner_org.in_(_with(actor, OFFICERS | {"auditor"})),
        and_(Inquiry.contact_person == actor.person, Inquiry.owner_org.in_(seats)),
        Inquiry.sender_person == actor.person,
        Inquiry.sender_org.in_(_with(actor, BUYERS)),
        and_(Inquiry.listing.in_(acted_for(actor.person or "")), Inquiry.owner_org.in_(seats)),
    )


def inquiry_facts(row: Inquiry, maker: str | None = None) -> InquiryFacts:
    sender = row.sender_person, row.sender_org
    return InquiryFacts(row.owner_org, row.contact_person, *sender, maker)


def inquiries_facts(
    session: Session, actor: Actor, rows: Collection[Inquiry]
) -> list[InquiryFacts]:
    """Of each, as far as the answer to this actor depends on it. One query, or none for somebody
    without a seat in one of the owners, or with an office there."""
    asked = any(
        row.owner_org in actor.organisations and not actor.roles_in(row.owner_org) & OFFICERS
        for row in rows
    )
    acted = set(session.scalars(acted_for(actor.person or ""))) if asked else set()
    return [inquiry_facts(row, actor.person if row.listing in acted else None) for row in rows]


def deal_facts(row: Deal) -> DealFacts:
    return DealFacts(row.seller_org, row.seller_person, row.buyer_person, row.buyer_org)


def check_ask(_session: Session, actor: Actor) -> None:
    """For `uow.check`: anyone asks, unless a sanction bars it. Raises Sanctioned."""
    refuse_barred(actor, Bar.ASK)


def check_inquiry(session: Session, actor: Actor, inquiry: str, do: Do) -> None:
    """For `uow.check`: NotFound where the actor may not know of it, else Forbidden."""
    row = session.get(Inquiry, inquiry)
    facts = next(iter(inquiries_facts(session, actor, [row] if row else [])), None)
    if facts is None or not may_inquiry(actor, Do.READ, facts):
        raise NotFound(ref=f"inquiry:{inquiry}")
    if not may_inquiry(actor, do, facts):
        raise Forbidden(do=str(do))


def check_still(at: At[Inquiry], do: Do) -> None:
    """Under the inquiry's lock. A maker's right ends with a word of the unit or a grant: theirs is
    asked again under the result's lock, where both are written. Raises NotFound, Forbidden."""
    uow = at.uow
    if may_inquiry(uow.actor, do, inquiry_facts(at.row)):
        return
    uow.lock(Asset, uow.session.get_one(Listing, at.row.listing).asset)
    check_inquiry(uow.session, uow.actor, at.row.id, do)


def check_deal(session: Session, actor: Actor, deal: str, do: Do) -> None:
    """For `uow.check`: NotFound where the actor may not know of it, else Forbidden."""
    row = session.get(Deal, deal)
    if row is None or not may(actor, Do.READ, deal_facts(row)):
        raise NotFound(ref=f"deal:{deal}")
    if not may(actor, do, deal_facts(row)):
        raise Forbidden(do=str(do))


def may_enter(actor: Actor, seller: str) -> bool:
    """Enters an objection that came by letter or telephone: the owner's office, an operator."""
    runs = any(seat.kind == "operator" and "operator" in seat.roles for seat in actor.seats)
    return runs or bool(actor.roles_in(seller) & OFFICERS)


def check_enters(session: Session, actor: Actor, deal: str) -> None:
    """For `uow.check`: NotFound where the actor may not know of the deal, else Forbidden."""
    check_deal(session, actor, deal, Do.READ)
    if not may_enter(actor, session.get_one(Deal, deal).seller_org):
        raise Forbidden(do="enter_objection")


def acting_side(actor: Actor, row: Deal) -> Side:
    """The side in whose name a locked deal is moved. Raises Forbidden."""
    side = side_of(actor, deal_facts(row))
    if side is None:
        raise Forbidden(do=str(Do.ACT))
    return side


def _sells(actor: Actor, facts: DealFacts) -> bool:
    return bool(actor.roles_in(facts.seller_org) & OFFICERS)


def _buys(actor: Actor, facts: DealFacts) -> bool:
    if facts.buyer_org is None:
        return actor.person is not None and actor.person == facts.buyer_person
    return bool(actor.roles_in(facts.buyer_org) & BUYERS) or _seated(
        actor, facts.buyer_person, facts.buyer_org
    )


def _sent(actor: Actor, facts: InquiryFacts) -> bool:
    mine = actor.person is not None and actor.person == facts.sender_person
    return mine or (
        facts.sender_org is not None and bool(actor.roles_in(facts.sender_org) & BUYERS)
    )


def _seated(actor: Actor, person: str | None, organisation: str) -> bool:
    """The named person, as long as the seat lasts."""
    return person is not None and actor.person == person and organisation in actor.organisations


def _oversees_market(actor: Actor) -> bool:
    return any(seat.kind == "operator" and seat.roles & OVERSEERS for seat in actor.seats)


def _with(actor: Actor, roles: frozenset[str]) -> list[str]:
    return sorted(seat.organisation for seat in actor.seats if seat.roles & roles)
