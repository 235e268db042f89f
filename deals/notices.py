"""Draws up the price notice that the law asks for (促进科技成果转化法 art. 18; Zhejiang art. 17):
name, abstract, mode, intended price, whether the buyer is related, period, places, contact."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.queries import organisation_names
from core.ids import new_id
from core.law import Profile
from core.law.wordings import LANGUAGES, Wording
from core.times import end_of_day
from core.verify import notice_digest
from deals import lawful
from deals.errors import NoticeLacks
from deals.models import NOTICE_EDITION, Deal, DealAsset, PublicNotice
from deals.offers import Terms
from deals.rules import OWN_PLACE
from listings.models import Listing, ListingText, PatentFacts
from listings.queries.contact import published_contact

WORDING: Final = "notice.price"
"""The name under which the operator words the notice of a price."""


def draw_up(
    session: Session,
    deal: Deal,
    terms: Terms,
    profile: Profile,
    now: datetime,
    wording: Wording | None = None,
) -> PublicNotice:
    """A notice published `now`, its period not begun and its digest not taken. `wording`: the
    market's own of the day; the notice keeps it. Raises NoticeLacks."""
    listing = session.get_one(Listing, deal.listing)
    places = _places(profile)
    notice = PublicNotice(
        id=new_id(),
        about=deal.stream,
        kind="price",
        organisation=deal.seller_org,
        listing=deal.listing,
        texts=_texts(session, listing),
        language=listing.language,
        patents=_patents(session, deal.id),
        mode=deal.mode,
        terms=terms.dump(),
        buyer=_buyer(session, deal, listing.language),
        related=deal.related,
        contact=_contact(session, listing),
        places=places,
        words={one: list(said) for one in LANGUAGES if wording and (said := wording.said(one))},
        edition=NOTICE_EDITION,
        days=profile.integer(lawful.NOTICE_DAYS),
        asks_proof=OWN_PLACE in places and lawful.asks_proof(profile),
        rules=lawful.cited(
            profile, (lawful.NOTICE_DAYS, lawful.NOTICE_PLACES, lawful.NOTICE_CONTENT)
        ),
        begins_at=now,
        state="running",
    )
    asked = profile.codes(lawful.NOTICE_CONTENT) if lawful.NOTICE_CONTENT in profile else ()
    if lacking := content_lacks(notice, asked):
        raise NoticeLacks(fields=", ".join(lacking))
    return notice


def content_lacks(notice: PublicNotice, asked: Sequence[str]) -> list[str]:
    """Codes of what a notice is asked to say and does not; an unknown code is never said."""
    text = notice.texts.get(notice.language, {})
    said = {
        "name": bool(text.get("title")),
        "abstract": bool(text.get("abstract")),
        "mode": bool(notice.mode),
        "intended_price": bool(notice.terms),
        "related_buyer": notice.related is not None,
        "buyer": bool(notice.buyer),
        "patents": bool(notice.patents),
        "contact": bool(notice.contact),
    }
    return [code for code in asked if not said.get(code, False)]


def begin_period(notice: PublicNotice, profile: Profile, first: date, zone: ZoneInfo) -> None:
    """The period runs from the legal day `first`, which itself is not counted."""
    notice.first_day, notice.last_day = first, lawful.notice_end(profile, first)
    notice.ends_at = end_of_day(notice.last_day, zone)


def digest(notice: PublicNotice) -> str:
    """SHA-256 over what the public reads, so that a later change would show."""
    return notice_digest(published(notice))


def published(notice: PublicNotice) -> dict[str, Any]:
    """What the public reads in a notice, as its digest covers it. Days that only posting sets are
    no part of it: the paper that is posted bears the digest already."""
    days = (
        {"days": notice.days, "from": "posting"}
        if notice.asks_proof
        else {"first_day": str(notice.first_day), "last_day": str(notice.last_day)}
    )
    words = {"words": notice.words} if notice.words else {}
    edition = {"edition": notice.edition} if notice.edition > 1 else {}
    return (
        days
        | words
        | edition
        | {
            "texts": notice.texts,
            "patents": notice.patents,
            "mode": notice.mode,
            "terms": notice.terms,
            "buyer": notice.buyer,
            "related": notice.related,
            "contact": notice.contact,
            "places": notice.places,
        }
    )


def _buyer(session: Session, deal: Deal, language: str) -> str:
    """The registered name where the buyer has one here, else the name given when asking."""
    if deal.buyer_org is not None:
        names = organisation_names(session, [deal.buyer_org], language)
        if deal.buyer_org in names:
            return names[deal.buyer_org]
    return deal.buyer_firm or deal.buyer_name


def _texts(session: Session, listing: Listing) -> dict[str, Any]:
    rows = session.scalars(select(ListingText).where(ListingText.listing == listing.id))
    number = {"number": listing.number} if listing.number else {}
    return {
        row.language: {"title": row.title, "abstract": row.abstract or row.value_line} | number
        for row in rows
    }


def _patents(session: Session, deal: str) -> list[str]:
    of_deal = select(DealAsset.asset).where(DealAsset.deal == deal)
    rows = session.scalars(
        select(PatentFacts).where(PatentFacts.asset.in_(of_deal)).order_by(PatentFacts.n)
    )
    numbers = (row.grant_number or row.application_number or row.publication_number for row in rows)
    return [number for number in numbers if number]


def _contact(session: Session, listing: Listing) -> dict[str, Any]:
    """Copied, so that the notice stays as it was read when the listing changes."""
    found = published_contact(session, listing)
    said = {"name": found.name, "phone": found.phone, "mail": found.mail}
    return said | ({"latin_name": found.latin_name} if found.latin_name else {})


def _places(profile: Profile) -> list[str]:
    return (
        list(profile.codes(lawful.NOTICE_PLACES)) if lawful.NOTICE_PLACES in profile else ["unit"]
    )
