"""The rights register and valuations as the office reads and writes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from core.ids import show
from listings.models import Valuation
from listings.queries import ListingPage
from listings.queries.register import CoOwnerRow, MemberChoice, RegisterRow, RegisterView
from listings.valuing import LONGEST_NAME, LONGEST_REASON, Method, Valued
from webapp.api.schemas.common import Amount, FileName, In, Line, Minor, Out, Word
from webapp.api.schemas.listing_answers import ExportOut, export_out


class ConsentIn(In):
    """The day on the written consent; null takes it back."""

    consented_on: date | None


class ValuationIn(In):
    """`value` in minor units of the market's currency. A provider's valuation comes with its
    report."""

    methods: Annotated[tuple[Method, ...], Field(min_length=1, max_length=len(Method))]
    value: Minor
    valued_on: date
    valid_until: date
    one_method: Annotated[Line, Field(max_length=LONGEST_REASON)] = ""
    provider: Annotated[Word, Field(max_length=LONGEST_NAME)] = ""
    number: Annotated[Word, Field(max_length=LONGEST_NAME)] = ""
    appraisers: Annotated[tuple[Word, ...], Field(max_length=10)] = ()

    def plain(self, currency: str, document: tuple[str, str, int] | None = None) -> Valued:
        return Valued(
            methods=self.methods,
            minor=self.value,
            currency=currency,
            valued_on=self.valued_on,
            valid_until=self.valid_until,
            one_method=self.one_method,
            provider=self.provider,
            number=self.number,
            appraisers=self.appraisers,
            document=document,
        )


class ReportQuery(ValuationIn):
    """The same, beside the report in the body."""

    name: FileName


class RegisterRightOut(Out):
    """`declared`: the owner entered it, else a deal did and nobody edits it. `of_market`: the
    holder is an organisation of this market."""

    n: int
    declared: bool
    kind: str
    way: str | None
    holder_name: str | None
    of_market: bool
    field: str | None
    territory: str | None
    starts: date
    ends: date | None
    consent: bool


class CoOwnerOut(Out):
    n: int
    name: str
    share_bp: int | None
    consented_on: date | None


class ValuationOut(Out):
    n: int
    methods: list[str]
    one_method: str
    value: Amount
    valued_on: date
    valid_until: date
    provider: str
    number: str
    appraisers: list[str]
    report: bool
    at: datetime


class RegisterOut(Out):
    """Its ETag is the listing's: entries are changed by editListing."""

    listing: str
    co_owners: list[CoOwnerOut]
    rights: list[RegisterRightOut]
    export: ExportOut
    valuations: list[ValuationOut]


class MemberChoiceOut(Out):
    """`asset` is what editListing takes as a member."""

    asset: str
    title: str
    kind: str
    state: str
    chosen: bool


class MemberChoicesOut(Out):
    items: list[MemberChoiceOut]


def register_out(page: ListingPage, found: RegisterView) -> RegisterOut:
    return RegisterOut(
        listing=show("listing", page.id),
        co_owners=[_owner(row) for row in found.co_owners],
        rights=[_right(row) for row in found.rights],
        export=export_out(found.export),
        valuations=[_valuation(row) for row in found.valuations],
    )


def choices_out(found: Iterable[MemberChoice]) -> MemberChoicesOut:
    same = "title kind state chosen"
    return MemberChoicesOut(
        items=[
            MemberChoiceOut(
                asset=show("asset", one.asset),
                **{name: getattr(one, name) for name in same.split()},
            )
            for one in found
        ]
    )


def _owner(row: CoOwnerRow) -> CoOwnerOut:
    same = "name share_bp consented_on"
    return CoOwnerOut(n=row.n, **{name: getattr(row.owner, name) for name in same.split()})


def _right(row: RegisterRow) -> RegisterRightOut:
    same = "kind way holder_name field territory starts ends consent"
    return RegisterRightOut(
        n=row.n,
        declared=row.declared,
        of_market=row.right.holder is not None,
        **{name: getattr(row.right, name) for name in same.split()},
    )


def _valuation(row: Valuation) -> ValuationOut:
    same = "n methods one_method valued_on valid_until provider number appraisers at"
    return ValuationOut(
        value=Amount(minor=row.minor, currency=row.currency),
        report=row.sha256 is not None,
        **{name: getattr(row, name) for name in same.split()},
    )
