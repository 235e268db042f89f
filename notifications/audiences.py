"""Who is told of a fact. The truth is read again here, at the moment of telling."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import JoinRequest, Organisation
from accounts.queries import organisation_names, people_in
from accounts.rules import ADMIN_OF_KIND
from accounts.states import OrganisationKind, Role
from core.facts import Fact
from core.ids import ref, show, split_ref
from deals.models import Deal, DealStep, Inquiry
from listings.models import Contributor, Listing, ListingText


@dataclass(frozen=True)
class Letter:
    """To an address without an account: the sender of an inquiry."""

    address: str
    language: str
    topic: str = ""
    """Where the letter says something else than the fact does to people with an account."""
    ref: str = ""


@dataclass(frozen=True)
class Told:
    """People by id, letters to strangers, and what the sentences are filled with."""

    people: list[str] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    organisation: str | None = None
    listing: str | None = None


Audience = Callable[[Session, str, datetime, str], Told]


def audience(session: Session, fact: Fact, now: datetime) -> Told:
    """Everybody who is told, each once. Nobody where the row is gone."""
    kind, id = split_ref(fact.ref)
    find = _AUDIENCES.get(kind)
    told = find(session, id, now, fact.topic) if find else Told()
    people = [person for person in dict.fromkeys(told.people) if person]
    return Told(people, told.letters, told.organisation, told.listing)


def _person(_session: Session, id: str, _now: datetime, _topic: str) -> Told:
    return Told([id])


def _organisation(session: Session, id: str, now: datetime, topic: str) -> Told:
    row = session.get(Organisation, id)
    if row is None:
        return Told()
    if topic == "organisation.registered":
        house = select(Organisation.id).where(Organisation.kind == OrganisationKind.OPERATOR.value)
        people = [
            person
            for operator in session.scalars(house)
            for person in people_in(session, operator, now, [Role.OPERATOR])
        ]
        return Told(people, organisation=id)
    if topic == "organisation.join_answered":
        answered = session.scalars(
            select(JoinRequest.person)
            .where(JoinRequest.organisation == id, JoinRequest.answered_at.is_not(None))
            .order_by(JoinRequest.answered_at.desc())
            .limit(1)
        )
        return Told(list(answered), organisation=id)
    admins = people_in(session, id, now, [ADMIN_OF_KIND[row.kind]])
    return Told([*admins, row.registered_by or ""], organisation=id)


def _listing(session: Session, id: str, now: datetime, topic: str) -> Told:
    row = session.get(Listing, id)
    if row is None:
        return Told()
    officers = people_in(session, row.owner_org, now, [Role.TTO_OFFICER])
    if topic == "listing.submitted":
        return Told([person for person in officers if person != row.author], listing=id)
    if topic == "listing.reminded":
        return Told([row.author or "", *_unconfirmed(session, row.asset)], listing=id)
    responsible = [row.author or "", row.contact_person or ""]
    if topic in {"listing.expired", "listing.moderated"} or not any(responsible):
        responsible += officers
    return Told(responsible, listing=id)


def _unconfirmed(session: Session, asset: str) -> list[str]:
    """Contributors with an account whose share is said and not confirmed."""
    people = session.scalars(
        select(Contributor.person).where(
            Contributor.asset == asset,
            Contributor.person.is_not(None),
            Contributor.share_bp.is_not(None),
            Contributor.confirmed_at.is_(None),
        )
    )
    return [person for person in people if person]


def _inquiry(session: Session, id: str, now: datetime, topic: str) -> Told:
    row = session.get(Inquiry, id)
    if row is None:
        return Told()
    if topic in {"inquiry.answered", "inquiry.refused"}:
        if row.sender_person:
            return Told([row.sender_person], listing=row.listing)
        letters = [Letter(row.sender_mail, row.language)] if row.sender_mail else []
        return Told([], letters, listing=row.listing)
    officers = people_in(session, row.owner_org, now, [Role.TTO_OFFICER])
    if topic == "inquiry.sent":
        people = [row.contact_person] if row.contact_person else officers
        return Told(people, _to_stranger(row, "inquiry.received"), listing=row.listing)
    return Told([row.contact_person or "", *officers], listing=row.listing)


def _to_stranger(row: Inquiry, topic: str) -> list[Letter]:
    """To a sender without an account, who left a mail address; it holds the link to claim by."""
    if row.sender_person or not row.sender_mail:
        return []
    return [Letter(row.sender_mail, row.language, topic, ref("inquiry", row.id))]


def _deal(session: Session, id: str, now: datetime, topic: str) -> Told:
    row = session.get(Deal, id)
    if row is None:
        return Told()
    officers = people_in(session, row.seller_org, now, [Role.TTO_OFFICER])
    people = [row.seller_person, row.buyer_person]
    if row.seller_person is None:
        people += officers
    if row.buyer_person is None and row.buyer_org:
        people += people_in(session, row.buyer_org, now, [Role.FIRM_ADMIN])
    last = select(DealStep.by).where(DealStep.deal == id).order_by(DealStep.n.desc()).limit(1)
    mover = session.scalar(last)  # who moved the deal knows it
    asked = session.get(Inquiry, row.inquiry) if row.inquiry else None
    opened = topic == "deal.opened" and asked is not None
    letters = _to_stranger(asked, "inquiry.dealt") if opened and asked else []
    return Told([who for who in people if who and who != mover], letters, listing=row.listing)


_AUDIENCES: Final[dict[str, Audience]] = {
    "person": _person,
    "organisation": _organisation,
    "listing": _listing,
    "inquiry": _inquiry,
    "deal": _deal,
}


def fill(session: Session, told: Told, language: str, *, leaves: bool) -> dict[str, str]:
    """The names that a topic's sentences need, in the reader's language.

    `leaves`: it goes out by mail, where the title of what was never published has no place.
    """
    params = {}
    if told.organisation:
        names = organisation_names(session, [told.organisation], language)
        params["organisation"] = names.get(told.organisation, "")
    if told.listing:
        row = session.get(Listing, told.listing)
        public = row is not None and row.published_at is not None
        hidden = leaves and not public
        shown = show("listing", told.listing)
        params["title"] = shown if hidden else _title(session, told.listing, language)
    return params


def _title(session: Session, listing: str, language: str) -> str:
    rows = session.execute(
        select(ListingText.language, ListingText.original, ListingText.title).where(
            ListingText.listing == listing
        )
    ).all()
    best = sorted(rows, key=lambda row: (row.language == language, row.original))
    return best[-1].title if best else ""
