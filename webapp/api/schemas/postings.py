"""Published terms: what everybody reads, and in whose name the reader could accept."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final, Literal

from pydantic import Field

from core.ids import show
from deals.open_licence.models import OpenLicence
from deals.queries.postings import PostingPage
from webapp.api.fields import Shape, words
from webapp.api.schemas.common import Code, In, Out, shown_id
from webapp.api.schemas.deals import Reason, TermsIn, TermsOut, terms_out


class PostingIn(In):
    """`mode`: how the price is found, such as `fixed_price`. `price_reason`: why it lies so far
    below the valuation on file; needed only there. `mode_reason`: why the price is found in this
    way; needed of a state institution where the law names other ways."""

    mode: Code
    terms: TermsIn
    conditions: Reason = ""
    domestic_only: bool = False
    price_reason: Reason = ""
    mode_reason: Reason = ""


class TakeIn(In):
    """`confirmed`: the conditions are met, and the caller may act for the organisation. `related`:
    it is related to the owner or a contributor; the public notice says so."""

    organisation: shown_id("organisation")  # type: ignore[valid-type]
    confirmed: Literal[True]
    related: bool = False


class PostingLineOut(Out):
    id: str
    url: str
    listing: str
    mode: str
    state: str
    way: str
    posted_at: datetime
    valid_until: date | None


class PostingsOut(Out):
    items: list[PostingLineOut]


class StatementOut(Out):
    """What a statement of open licence says to the patent office, and what that announced."""

    patent: str
    report: str
    fee_reason: str
    announced_no: str | None
    announced_on: date | None
    withdrawn_no: str | None
    withdrawn_on: date | None


class PostingOut(Out):
    """`state`: open, withdrawn or lapsed. `buyers`: organisations in whose name the caller could
    accept."""

    id: str
    url: str
    listing: str
    title: str
    owner: str
    owner_name: str
    mode: str
    state: str
    terms: TermsOut
    conditions: str
    domestic_only: bool
    posted_at: datetime
    valid_until: date | None
    statement: StatementOut | None
    buyers: list[str] = Field(default_factory=list)


_PUBLIC: Final = words(
    "id url listing title owner owner_name mode state terms conditions domestic_only posted_at "
    "valid_until statement"
)
POSTING: Final = Shape(
    PostingOut, {"public": _PUBLIC, "office": _PUBLIC, "buyer": _PUBLIC | {"buyers"}}
)


def posting_out(page: PostingPage, url: str) -> PostingOut:
    row = page.row
    same = "mode conditions domestic_only posted_at valid_until"
    values: dict[str, Any] = {name: getattr(row, name) for name in same.split()}
    values |= {
        "id": show("posting", row.id),
        "url": url,
        "listing": show("listing", row.listing),
        "title": page.title,
        "owner": show("organisation", row.owner_org),
        "owner_name": page.owner,
        "state": page.state,
        "terms": terms_out(page.terms),
        "statement": _statement(page.statement) if page.statement else None,
        "buyers": [show("organisation", id) for id in page.buyers],
    }
    outside = "buyer" if page.buyers else "public"
    return POSTING.show("office" if page.ours else outside, values)


def _statement(row: OpenLicence) -> StatementOut:
    return StatementOut(**{name: getattr(row, name) for name in StatementOut.model_fields})
