"""Loads PublicRecords, many at a time, in a constant number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from core.money import Money
from listings.availability import Register, availability
from listings.kinds import Level, Way
from listings.models import (
    Asset,
    IndustryCode,
    IpcCode,
    Listing,
    ListingText,
    Need,
    NeedText,
    OfferedWay,
    PatentFacts,
)
from listings.public_record import PublicNeed, PublicPatent, PublicRecord, PublicText, PublicWay
from listings.rights import registers
from listings.states import ListingState, NeedState


def load_records(session: Session, ids: Sequence[str], on: date) -> dict[str, PublicRecord]:
    """Only what is published; an id that is missing from the answer is not public."""
    heads = session.execute(
        select(Listing, Asset)
        .join(Asset, Asset.id == Listing.asset)
        .where(Listing.id.in_(ids), Listing.state == ListingState.PUBLISHED)
    ).all()
    if not heads:
        return {}
    listings = [listing.id for listing, _ in heads]
    assets = [asset.id for _, asset in heads]
    texts = group(session, ListingText, ListingText.listing, listings)
    ways = group(session, OfferedWay, OfferedWay.listing, listings, OfferedWay.position)
    ipc = group(session, IpcCode, IpcCode.asset, assets, IpcCode.position)
    industries = group(session, IndustryCode, IndustryCode.asset, assets, IndustryCode.code)
    patents = group(session, PatentFacts, PatentFacts.asset, assets, PatentFacts.position)
    rights = registers(session, assets)
    return {
        listing.id: PublicRecord(
            listing=listing.id,
            kind=asset.kind,
            owner_org=listing.owner_org,
            original=listing.language,
            texts={row.language: _public_text(row, listing.level) for row in texts[listing.id]},
            region=asset.region,
            trl=asset.trl,
            registration=asset.registration,
            number=listing.number,
            ipc=tuple(row.code for row in ipc[asset.id]),
            industries=_codes(industries[asset.id], "gbt4754"),
            emerging=_codes(industries[asset.id], "emerging"),
            ways=tuple(_public_way(row, rights[asset.id], on) for row in ways[listing.id]),
            patents=tuple(_public_patent(row) for row in patents[asset.id]),
            published_at=listing.published_at or listing.created_at,
            edited_at=listing.edited_at,
            confirmed_at=listing.confirmed_at,
            faded=listing.faded_at is not None,
        )
        for listing, asset in heads
        if texts[listing.id]
    }


def load_public_needs(session: Session, ids: Sequence[str]) -> dict[str, PublicNeed]:
    """Only published needs that are not confidential."""
    rows = session.scalars(
        select(Need).where(
            Need.id.in_(ids), Need.state == NeedState.PUBLISHED, Need.confidential.is_(False)
        )
    ).all()
    texts = group(session, NeedText, NeedText.need, [row.id for row in rows])
    return {
        row.id: PublicNeed(
            need=row.id,
            owner_org=None if row.anonymous else row.owner_org,
            original=row.language,
            texts={
                text.language: PublicText(
                    text.title,
                    text.summary,
                    "\n".join(part for part in (text.description, text.tried) if part),
                    tuple(text.keywords),
                )
                for text in texts[row.id]
            },
            budget_low=money(row.budget_low_minor, row.currency),
            budget_high=money(row.budget_high_minor, row.currency),
            fields=tuple(row.fields),
            industries=tuple(row.industries),
            region=row.region,
            deadline=row.deadline,
            published_at=row.published_at or row.created_at,
        )
        for row in rows
        if texts[row.id]
    }


def group(
    session: Session,
    model: type[Any],
    column: InstrumentedAttribute[str],
    keys: Sequence[str] | Select[str],
    *order: InstrumentedAttribute[Any],
) -> dict[str, list[Any]]:
    """Rows of `model` by `column`, in one statement; to be read only, since a session that keeps
    an object of each takes twice as long."""
    found: dict[str, list[Any]] = defaultdict(list)
    columns = select(*model.__table__.columns)
    for row in session.execute(columns.where(column.in_(keys)).order_by(*order)):
        found[getattr(row, column.key)].append(row)
    return found


def money(minor: int | None, currency: str | None) -> Money | None:
    """Money from two columns, or None where either is empty."""
    return None if minor is None or currency is None else Money(minor, currency)


def _public_text(row: ListingText, level: str) -> PublicText:
    if level != Level.PUBLIC:
        return PublicText(row.title, row.value_line)
    return PublicText(row.title, row.value_line, row.abstract, tuple(row.keywords))


def _public_way(row: OfferedWay, register: Register, on: date) -> PublicWay:
    return PublicWay(
        way=Way(row.way),
        price=money(row.price_minor, row.currency),
        valuation=row.valuation,
        royalty_bp=row.royalty_bp,
        royalty_base=row.royalty_base,
        tax_basis=row.tax_basis,
        standing=availability(register, Way(row.way), on, row.field, row.territory),
    )


def _public_patent(row: PatentFacts) -> PublicPatent:
    numbers = (row.grant_number, row.publication_number, row.application_number)
    return PublicPatent(row.office, tuple(n for n in numbers if n), row.legal_status)


def _codes(rows: Iterable[IndustryCode], scheme: str) -> tuple[str, ...]:
    return tuple(row.code for row in rows if row.scheme == scheme)
