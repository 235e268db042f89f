"""A sender without an account takes over what they asked, once they have one."""

from __future__ import annotations

from sqlalchemy import select

from accounts.models import ContactPoint
from core.errors import Busy, Forbidden
from core.results import Done
from core.unit_of_work import At, UnitOfWork
from datarooms.admitting import admit
from datarooms.models import Room
from deals.errors import WrongClaim
from deals.inquiring import add_event, country_of, inquiry_of_token, own_organisation
from deals.models import Deal, Inquiry
from deals.opening import buyer_opening
from deals.relations import mark_related


def claim_inquiry(uow: UnitOfWork, inquiry: str, token: str = "") -> Done:
    """By the link that the sender got, or by having proven the contact it was sent from.

    Raises WrongClaim, Forbidden for an anonymous actor; a second claim by the same is nothing.
    """
    if uow.actor.person is None:
        raise Forbidden(do="claim_inquiry")
    deals = [uow.lock(Deal, id) for id in uow.find(Deal.id, Deal.inquiry == inquiry)]
    at = uow.lock(Inquiry, inquiry)
    if at.row.sender_person == uow.actor.person:
        return Done(inquiry)
    by_link = bool(token) and inquiry_of_token(uow.ports.secret, token) == inquiry
    if at.row.sender_person is not None or not (by_link or _proven(uow, at.row)):
        raise WrongClaim
    if at.row.deal is not None and not deals:
        raise Busy  # the deal opened between looking and locking: the next try sees it
    at.row.sender_person = uow.actor.person
    at.row.sender_org = own_organisation(uow.actor, at.row.owner_org)
    known = country_of(uow.session, at.row.sender_org)
    at.row.sender_country = known or at.row.sender_country
    add_event(at, "claimed")
    at.record("claimed", person=uow.actor.person, by="link" if by_link else "contact")
    for deal in deals:
        _take_seat(uow, deal, at.row)
    return Done(inquiry)


def _proven(uow: UnitOfWork, row: Inquiry) -> bool:
    contacts = [value for value in (row.sender_mail, row.sender_phone) if value]
    own = select(ContactPoint.id).where(
        ContactPoint.person == uow.actor.person,
        ContactPoint.value.in_(contacts),
        ContactPoint.verified_at.is_not(None),
    )
    return uow.session.scalar(own.limit(1)) is not None


def _take_seat(uow: UnitOfWork, deal: At[Deal], row: Inquiry) -> None:
    deal.row.buyer_person, deal.row.buyer_org = row.sender_person, row.sender_org
    found = {"related": True} if mark_related(uow.session, deal.row, deal.now) else {}
    deal.record("buyer_claimed", person=row.sender_person, organisation=row.sender_org, **found)
    room = uow.lock(Room, deal.row.room)
    admit(room, buyer_opening(row.sender_person, row.sender_org))
