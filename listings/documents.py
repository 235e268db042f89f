"""The listings' and needs' part of the public index: documents made of PublicRecords only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import OrganisationName
from accounts.queries import houses
from core.money import Money, exponent
from core.reference import region_and_above
from listings.models import Listing, Need
from listings.public_record import PublicNeed, PublicRecord, PublicText, legal_status_of
from listings.records import group, load_public_needs, load_records
from listings.states import ListingState, NeedState
from search.documents import Document, Text

PRICE_BANDS: Final = (100_000, 500_000, 1_000_000, 5_000_000, 20_000_000)
"""Upper bounds in major units of the price's own currency; the last band has none."""


Loader = Callable[[Session, Sequence[str]], dict[str, Document]]


def loaders(today: Callable[[Session], date]) -> dict[str, Loader]:
    """Loaders by kind of document; `today` is the market's legal date."""

    def load_listings(session: Session, ids: Sequence[str]) -> dict[str, Document]:
        return load_listing_documents(session, ids, today(session))

    return {"listing": load_listings, "need": load_need_documents}


def load_listing_documents(session: Session, ids: Sequence[str], on: date) -> dict[str, Document]:
    """What is missing from the answer is not public, and leaves a tombstone in the index."""
    records = load_records(session, ids, on)
    names = _names(session, [record.owner_org for record in records.values()])
    moved = houses(session, [record.owner_org for record in records.values()])
    return {
        id: _listing(
            record, names.get(record.owner_org, {}), moved.get(record.owner_org, record.owner_org)
        )
        for id, record in records.items()
    }


def load_need_documents(session: Session, ids: Sequence[str]) -> dict[str, Document]:
    """The same for needs; a confidential one never gets here."""
    needs = load_public_needs(session, ids)
    names = _names(session, [need.owner_org for need in needs.values() if need.owner_org])
    return {id: _need(need, names.get(need.owner_org or "", {})) for id, need in needs.items()}


def public_listing_ids(session: Session) -> list[str]:
    """For a rebuild: every listing that has a document."""
    return list(session.scalars(select(Listing.id).where(Listing.state == ListingState.PUBLISHED)))


def public_need_ids(session: Session) -> list[str]:
    """For a rebuild: every need that has a document."""
    return list(
        session.scalars(
            select(Need.id).where(Need.state == NeedState.PUBLISHED, Need.confidential.is_(False))
        )
    )


EVERY: Final = {"listing": public_listing_ids, "need": public_need_ids}


def price_band(price: Money | None) -> str:
    """A code such as `to_500000`, `above_20000000` or `negotiable`."""
    if price is None:
        return "negotiable"
    for bound in PRICE_BANDS:
        if price.minor <= bound * 10 ** exponent(price.currency):
            return f"to_{bound}"
    return f"above_{PRICE_BANDS[-1]}"


def _listing(record: PublicRecord, owner: Mapping[str, str], house: str) -> Document:
    ways = [way for way in record.ways if way.standing.can_be_asked]
    prices = [way.price for way in ways if way.price is not None and not way.valuation]
    status = legal_status_of(record.patents)
    facets = {
        "kind": (record.kind,),
        "ipc_section": _distinct(code[:1] for code in record.ipc),
        "ipc_class": _distinct(code[:3] for code in record.ipc),
        "industry": record.industries,
        "emerging_industry": record.emerging,
        "institute": (house,),
        "owner": tuple(dict.fromkeys((record.owner_org, house))),
        "region": region_and_above(record.region) if record.region else (),
        "trl": (str(record.trl),) if record.trl else (),
        "way": _distinct(str(way.way) for way in ways),
        "price_band": _distinct(price_band(way.price) for way in ways),
        "currency": _distinct(price.currency for price in prices),
        "year": (str(record.published_at.year),),
        "legal_status": (status,) if status else (),
        "language": tuple(sorted(record.texts)),
    }
    numbers = {"year": record.published_at.year}
    if record.trl:
        numbers["trl"] = record.trl
    if prices:
        numbers["price_minor"] = prices[0].minor
    return Document(
        kind="listing",
        id=record.listing,
        texts={language: _text(text) for language, text in record.texts.items()},
        original=record.original,
        identifiers=_identifiers(record),
        facets={name: values for name, values in facets.items() if values},
        numbers=numbers,
        published=record.published_at,
        confirmed=None if record.faded else record.confirmed_at,
        organisation=owner,
        stored=_stored(record, owner, status),
    )


def _stored(record: PublicRecord, owner: Mapping[str, str], status: str | None) -> dict[str, Any]:
    """All that a hit shows, so that drawing a page of hits asks no database."""
    return {
        "kind": record.kind,
        "owner": record.owner_org,
        "owner_names": dict(owner),
        "titles": {language: text.title for language, text in record.texts.items()},
        "value_lines": {language: text.value_line for language, text in record.texts.items()},
        "region": record.region,
        "trl": record.trl,
        "registration": record.registration,
        "ipc": list(record.ipc[:3]),
        "legal_status": status,
        "numbers": [number for patent in record.patents for number in patent.numbers[:1]],
        "faded": record.faded,
        "ways": [
            {
                "way": str(way.way),
                "standing": str(way.standing.standing),
                "price_minor": way.price.minor if way.price else None,
                "currency": way.price.currency if way.price else None,
                "valuation": way.valuation,
                "royalty_bp": way.royalty_bp,
                "royalty_base": way.royalty_base,
            }
            for way in record.ways
        ],
    }


def _need(need: PublicNeed, owner: Mapping[str, str]) -> Document:
    top = need.budget_high or need.budget_low
    facets = {
        "kind": ("need",),
        "ipc_section": _distinct(code[:1] for code in need.fields),
        "ipc_class": _distinct(code[:3] for code in need.fields if len(code) >= 3),
        "industry": need.industries,
        "region": region_and_above(need.region) if need.region else (),
        "owner": (need.owner_org,) if need.owner_org else (),
        "price_band": (price_band(top),),
        "currency": (top.currency,) if top else (),
        "year": (str(need.published_at.year),),
        "language": tuple(sorted(need.texts)),
    }
    numbers = {"year": need.published_at.year}
    if top:
        numbers["price_minor"] = top.minor
    return Document(
        kind="need",
        id=need.need,
        texts={language: _text(text) for language, text in need.texts.items()},
        original=need.original,
        facets={name: values for name, values in facets.items() if values},
        numbers=numbers,
        published=need.published_at,
        organisation=owner,
        stored={
            "kind": "need",
            "owner": need.owner_org,
            "owner_names": dict(owner),
            "titles": {language: text.title for language, text in need.texts.items()},
            "value_lines": {language: text.value_line for language, text in need.texts.items()},
            "budget_low_minor": need.budget_low.minor if need.budget_low else None,
            "budget_high_minor": need.budget_high.minor if need.budget_high else None,
            "currency": top.currency if top else None,
            "deadline": need.deadline.isoformat() if need.deadline else None,
            "region": need.region,
        },
    )


def _text(text: PublicText) -> Text:
    return Text(text.title, text.value_line, text.abstract, text.keywords)


def _identifiers(record: PublicRecord) -> tuple[str, ...]:
    numbers = [number for patent in record.patents for number in patent.numbers]
    return _distinct([*numbers, record.registration, record.number])


def _names(session: Session, organisations: Sequence[str]) -> dict[str, dict[str, str]]:
    rows = group(
        session, OrganisationName, OrganisationName.organisation, sorted(set(organisations))
    )
    return {id: {row.language: row.name for row in found} for id, found in rows.items()}


def _distinct(values: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
