"""What a deal needs to know of a listing when it begins."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from listings.models import AssetMember, Listing, ListingText, OfferedWay


@dataclass(frozen=True)
class OfferFacts:
    """`assets` are the streams to lock for a scarce right: the asset, or a package's members."""

    listing: str
    owner_org: str
    author: str | None
    state: str
    asset: str
    assets: tuple[str, ...]
    jurisdiction: str
    language: str
    titles: dict[str, str]
    contact_person: str | None
    contact_name: str | None
    answer_days: int
    ways: tuple[str, ...]

    def title(self, language: str) -> str:
        """In the reader's language, else in the original's."""
        found = self.titles.get(language) or self.titles.get(self.language)
        return found or next(iter(self.titles.values()), "")


def offer_facts(session: Session, listing: str) -> OfferFacts | None:
    """Four statements; None where there is no such listing. Asks no permission."""
    row = session.get(Listing, listing)
    if row is None:
        return None
    titles = session.execute(
        select(ListingText.language, ListingText.title).where(ListingText.listing == listing)
    ).all()
    ways = session.scalars(
        select(OfferedWay.way).where(OfferedWay.listing == listing).order_by(OfferedWay.position)
    )
    members = session.scalars(
        select(AssetMember.member)
        .where(AssetMember.package == row.asset)
        .order_by(AssetMember.member)
    ).all()
    return OfferFacts(
        listing=row.id,
        owner_org=row.owner_org,
        author=row.author,
        state=row.state,
        asset=row.asset,
        assets=tuple(members) or (row.asset,),
        jurisdiction=row.jurisdiction,
        language=row.language,
        titles={language: title for language, title in titles},  # noqa: C416  rows are not pairs
        contact_person=row.contact_person,
        contact_name=row.contact_name,
        answer_days=row.answer_days,
        ways=tuple(dict.fromkeys(ways)),
    )
