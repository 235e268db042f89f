"""Counts what a listing has, for the rules about required fields."""

from __future__ import annotations

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from listings.models import (
    Asset,
    AssetMember,
    Contributor,
    IndustryCode,
    IpcCode,
    Listing,
    ListingText,
    OfferedWay,
    PatentFacts,
)
from listings.rules import Filled

Column = InstrumentedAttribute[str]


def load_filled(session: Session, listing: str) -> Filled:
    """One statement; the listing must exist."""

    def count(column: Column, value: Column) -> ScalarSelect[int]:
        return select(func.count()).where(column == value).scalar_subquery()

    row = session.execute(
        select(
            Listing,
            Asset,
            ListingText,
            count(OfferedWay.listing, Listing.id).label("ways"),
            count(IpcCode.asset, Asset.id).label("ipc"),
            count(IndustryCode.asset, Asset.id).label("industries"),
            count(Contributor.asset, Asset.id).label("contributors"),
            count(PatentFacts.asset, Asset.id).label("patents"),
            count(AssetMember.package, Asset.id).label("members"),
        )
        .join(Asset, Asset.id == Listing.asset)
        .outerjoin(
            ListingText,
            (ListingText.listing == Listing.id) & (ListingText.language == Listing.language),
        )
        .where(Listing.id == listing)
    ).one()
    text = row.ListingText
    return Filled(
        kind=row.Asset.kind,
        title=text.title if text else "",
        value_line=text.value_line if text else "",
        abstract=text.abstract if text else "",
        keywords=len(text.keywords) if text else 0,
        ways=row.ways,
        contact=bool(row.Listing.contact_person or row.Listing.contact_name),
        trl=row.Asset.trl,
        classes=row.ipc + row.industries,
        contributors=row.contributors,
        patents=row.patents,
        members=row.members,
        secrecy=row.Asset.secrecy,
    )
