"""Public notices as everybody reads them, and pictures of them for the two sides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final, Literal

from core.ids import show
from deals.models import NoticePosting, PublicNotice
from deals.royalties import Steps
from reporting.notices import NoticePage, NoticeRow
from webapp.api.schemas.common import FileName, In, Line, Out, Prose, Word
from webapp.api.schemas.deals import RoyaltyStepsOut, steps_out


class ObjectionIn(In):
    """`contact` is seen by the institute only."""

    name: Word
    contact: Word
    text: Prose


class NoticeLineOut(Out):
    """Days are null while the notice waits for its own unit to show it."""

    id: str
    url: str
    kind: str
    state: str
    organisation: str
    organisation_name: str
    title: str
    first_day: date | None
    last_day: date | None


class NoticesOut(Out):
    """`next` is the cursor of what follows; null at the end."""

    items: list[NoticeLineOut]
    next: str | None


class NoticeTermsOut(Out):
    """What of the terms is public: amounts in minor units, royalty and equity in basis points.
    `converts_to`, `metrics`: what a trial can become, and by what it is measured."""

    way: str
    currency: str
    field: str
    territory: str
    until: date | None
    lump_sum: int | None
    entry_fee: int | None
    royalty: int | None
    royalty_base: str
    royalty_steps: RoyaltyStepsOut | None
    royalty_minimum: int | None
    equity: int | None
    company: str
    converts_to: str
    conversion_price: int | None
    metrics: str
    tax_basis: str


class NoticeContactOut(Out):
    name: str
    phone: str
    mail: str


class PublicNoticeOut(NoticeLineOut):
    """`citations`: the rules under which it runs. `digest`: SHA-256 of the content.
    `related` false: no relation is known or declared."""

    number: str
    listing: str
    language: str
    abstract: str
    patents: list[str]
    mode: str
    terms: NoticeTermsOut
    buyer: str
    related: bool
    contact: NoticeContactOut
    places: list[str]
    days: int
    citations: list[str]
    begins_at: datetime
    ends_at: datetime | None
    digest: str
    result_at: datetime | None
    objections: int
    objections_open: int


class PostingQuery(In):
    """`shows`: the first or the last day. `url` where it hangs on a website."""

    name: FileName
    shows: Literal["first", "last"]
    place: Literal["board", "site"]
    url: Line = ""


class PostingShownOut(Out):
    id: str
    shows: str
    day: date
    place: str
    url: str
    sha256: str
    name: str
    size: int
    at: datetime


class PostingsShownOut(Out):
    notice: str
    items: list[PostingShownOut]


_NUMBERS: Final = "lump_sum entry_fee royalty royalty_minimum equity conversion_price until"
_TEXTS: Final = "way currency field territory royalty_base company converts_to metrics tax_basis"


def line_out(row: NoticeRow) -> dict[str, Any]:
    """A notice in a list, but for its address."""
    same = "kind state organisation_name title first_day last_day"
    return {name: getattr(row, name) for name in same.split()} | {
        "id": show("notice", row.id),
        "organisation": show("organisation", row.organisation),
    }


def public_notice(page: NoticePage, url: str) -> PublicNoticeOut:
    same = (
        "number language abstract mode buyer related days begins_at ends_at digest result_at "
        "objections objections_open"
    )
    contact = {name: page.contact.get(name) or "" for name in NoticeContactOut.model_fields}
    return PublicNoticeOut(
        **line_out(page.row),
        **{name: getattr(page, name) for name in same.split()},
        url=url,
        listing=show("listing", page.listing),
        patents=list(page.patents),
        places=list(page.places),
        terms=_terms(page.terms),
        contact=NoticeContactOut(**contact),
        citations=list(dict.fromkeys(_citation(rule) for rule in page.rules)),
    )


def _terms(stored: Mapping[str, Any]) -> NoticeTermsOut:
    values: dict[str, Any] = {name: stored.get(name) or None for name in _NUMBERS.split()}
    values |= {name: stored.get(name) or "" for name in _TEXTS.split()}
    steps = stored.get("royalty_steps")
    return NoticeTermsOut(**values, royalty_steps=steps_out(Steps.load(steps) if steps else None))


def _citation(rule: Mapping[str, Any]) -> str:
    return str(rule.get("citation") or rule.get("rule", ""))


def postings_out(notice: PublicNotice, rows: Iterable[NoticePosting]) -> PostingsShownOut:
    items = [
        PostingShownOut(**{name: getattr(row, name) for name in PostingShownOut.model_fields})
        for row in rows
    ]
    return PostingsShownOut(notice=show("notice", notice.id), items=items)
