"""A listing or a need as the change that would write it again: where its forms begin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from listings.inputs import (
    AssetChange,
    ComparisonInput,
    ContactInput,
    ContributorInput,
    EvidenceInput,
    FundingInput,
    ListingChange,
    NeedInput,
    PatentInput,
    TextInput,
    WayInput,
)
from listings.kinds import Level, TaxBasis, Way
from listings.models import (
    Asset,
    Comparison,
    Contributor,
    Funding,
    IndustryCode,
    IpcCode,
    Listing,
    ListingText,
    Need,
    NeedText,
    OfferedWay,
    PatentFacts,
    TrlEvidence,
)
from listings.records import money

T = TypeVar("T")


def stored_listing(session: Session, listing: str) -> ListingChange:
    """Every language of it. Permission is the caller's. Co-owners, rights and members have pages
    of their own and are left out: None, which leaves them as they are."""
    row = session.get_one(Listing, listing)
    asset = session.get_one(Asset, row.asset)
    texts = _rows(session, ListingText, ListingText.listing == listing, ListingText.language)
    compared = _rows(session, Comparison, Comparison.listing == listing, Comparison.position)
    ways = _rows(session, OfferedWay, OfferedWay.listing == listing, OfferedWay.position)
    return ListingChange(
        texts=_inputs(TextInput, texts),
        comparisons=_inputs(ComparisonInput, compared),
        ways=tuple(_way(way) for way in ways),
        contact=ContactInput(
            row.contact_person,
            row.contact_name,
            row.contact_phone,
            row.contact_mail,
            row.answer_days,
        ),
        level=Level(row.level),
        source_url=row.source_url,
        asset=_asset(session, asset),
    )


def _asset(session: Session, row: Asset) -> AssetChange:
    industries = _rows(session, IndustryCode, IndustryCode.asset == row.id, IndustryCode.code)
    codes = _rows(session, IpcCode, IpcCode.asset == row.id, IpcCode.position)
    funding = _rows(session, Funding, Funding.asset == row.id, Funding.position)
    people = _rows(session, Contributor, Contributor.asset == row.id, Contributor.position)
    patents = _rows(session, PatentFacts, PatentFacts.asset == row.id, PatentFacts.position)
    evidence = _rows(session, TrlEvidence, TrlEvidence.asset == row.id, TrlEvidence.position)
    return AssetChange(
        secrecy=row.secrecy,
        trl=row.trl,
        stage=row.stage,
        origin=row.origin,
        region=row.region,
        registration=row.registration,
        ipc=tuple(code.code for code in codes),
        industries=tuple(one.code for one in industries if one.scheme == "gbt4754"),
        emerging=tuple(one.code for one in industries if one.scheme == "emerging"),
        funding=_inputs(FundingInput, funding),
        contributors=_inputs(ContributorInput, people),
        patents=_inputs(PatentInput, patents),
        evidence=_inputs(EvidenceInput, evidence),
    )


def _way(row: OfferedWay) -> WayInput:
    return WayInput(
        Way(row.way),
        money(row.price_minor, row.currency),
        row.valuation,
        row.royalty_bp,
        row.royalty_base,
        TaxBasis(row.tax_basis),
        row.field,
        row.territory,
        row.term_months,
        dict(row.notes),
    )


def stored_need(session: Session, need: str, language: str) -> NeedInput:
    """With its text in `language`. Permission is the caller's."""
    row = session.get_one(Need, need)
    text = session.get_one(NeedText, (need, language))
    return NeedInput(
        language,
        text.title,
        text.summary,
        text.description,
        text.tried,
        tuple(text.keywords),
        budget_low=money(row.budget_low_minor, row.currency),
        budget_high=money(row.budget_high_minor, row.currency),
        fields=tuple(row.fields),
        industries=tuple(row.industries),
        region=row.region,
        deadline=row.deadline,
        confidential=row.confidential,
        anonymous=row.anonymous,
        contact_person=row.contact_person,
        contact_name=row.contact_name,
    )


def _inputs(kind: type[T], rows: Iterable[Any]) -> tuple[T, ...]:
    """The rows as inputs of the same field names."""
    names = [one.name for one in fields(kind)]  # type: ignore[arg-type]
    return tuple(kind(**{name: _plain(getattr(row, name)) for name in names}) for row in rows)


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _rows(session: Session, model: type[Any], where: Any, order: Any) -> list[Any]:
    return list(session.scalars(select(model).where(where).order_by(order)))
