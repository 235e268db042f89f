"""What everyone may know of a listing or need: the same record that search and feeds hold."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from core.ids import show
from listings.public_record import PublicNeed, PublicRecord
from webapp.api.schemas.common import Amount, Out, amount


class PublicTextOut(Out):
    title: str
    value_line: str
    abstract: str
    keywords: list[str]


class PublicWayOut(Out):
    way: str
    price: Amount | None
    valuation: bool
    royalty_bp: int | None
    royalty_base: str | None
    tax_basis: str
    can_be_asked: bool


class PublicPatentOut(Out):
    office: str
    numbers: list[str]
    legal_status: str


class PublicListingOut(Out):
    """`texts` by language; `original` is the one that was written first."""

    id: str
    url: str
    kind: str
    owner: str
    original: str
    texts: dict[str, PublicTextOut]
    region: str | None
    trl: int | None
    registration: str | None
    number: str | None
    ipc: list[str]
    industries: list[str]
    emerging: list[str]
    ways: list[PublicWayOut]
    patents: list[PublicPatentOut]
    published_at: datetime
    edited_at: datetime
    faded: bool


class PublicNeedOut(Out):
    id: str
    url: str
    owner: str | None
    original: str
    texts: dict[str, PublicTextOut]
    budget_low: Amount | None
    budget_high: Amount | None
    fields: list[str]
    industries: list[str]
    region: str | None
    deadline: date | None
    published_at: datetime


def public_listing(record: PublicRecord, url: str) -> PublicListingOut:
    same = "kind original region trl registration number published_at edited_at faded"
    values: dict[str, Any] = {name: getattr(record, name) for name in same.split()}
    values |= {name: list(getattr(record, name)) for name in ("ipc", "industries", "emerging")}
    return PublicListingOut(
        id=show("listing", record.listing),
        url=url,
        owner=show("organisation", record.owner_org),
        texts=_texts(record),
        ways=[
            PublicWayOut(
                way=way.way,
                price=amount(way.price),
                valuation=way.valuation,
                royalty_bp=way.royalty_bp,
                royalty_base=way.royalty_base,
                tax_basis=way.tax_basis,
                can_be_asked=way.standing.can_be_asked,
            )
            for way in record.ways
        ],
        patents=[
            PublicPatentOut(
                office=one.office, numbers=list(one.numbers), legal_status=one.legal_status
            )
            for one in record.patents
        ],
        **values,
    )


def public_need(record: PublicNeed, url: str) -> PublicNeedOut:
    return PublicNeedOut(
        id=show("need", record.need),
        url=url,
        owner=show("organisation", record.owner_org) if record.owner_org else None,
        original=record.original,
        texts=_texts(record),
        budget_low=amount(record.budget_low),
        budget_high=amount(record.budget_high),
        fields=list(record.fields),
        industries=list(record.industries),
        region=record.region,
        deadline=record.deadline,
        published_at=record.published_at,
    )


def _texts(record: PublicRecord | PublicNeed) -> dict[str, PublicTextOut]:
    return {
        language: PublicTextOut(
            title=text.title,
            value_line=text.value_line,
            abstract=text.abstract,
            keywords=list(text.keywords),
        )
        for language, text in record.texts.items()
    }
