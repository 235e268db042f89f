"""What the public may know of a listing or need: the only thing that enters the public index,
feeds and pages for strangers. A field that is not here cannot leak."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.money import Money
from listings.availability import Availability
from listings.kinds import Way


@dataclass(frozen=True)
class PublicText:
    """Abstract and what follows are empty where the listing discloses them to members only."""

    title: str
    value_line: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True)
class PublicWay:
    way: Way
    price: Money | None
    valuation: bool
    royalty_bp: int | None
    royalty_base: str | None
    tax_basis: str
    standing: Availability


@dataclass(frozen=True)
class PublicPatent:
    office: str
    numbers: tuple[str, ...]
    legal_status: str


@dataclass(frozen=True)
class PublicRecord:
    """A published listing for everyone."""

    listing: str
    kind: str
    owner_org: str
    original: str
    texts: Mapping[str, PublicText]
    region: str | None
    trl: int | None
    registration: str | None
    number: str | None
    """Of this market; None for a moment after publication where numbers run."""
    ipc: tuple[str, ...]
    industries: tuple[str, ...]
    emerging: tuple[str, ...]
    ways: tuple[PublicWay, ...]
    patents: tuple[PublicPatent, ...]
    published_at: datetime
    edited_at: datetime
    confirmed_at: datetime | None
    """When the owner last said that it still holds; publishing says so too."""
    faded: bool


@dataclass(frozen=True)
class PublicNeed:
    """A published need that is not confidential; `owner_org` is None for an anonymous one."""

    need: str
    owner_org: str | None
    original: str
    texts: Mapping[str, PublicText]
    budget_low: Money | None
    budget_high: Money | None
    fields: tuple[str, ...]
    industries: tuple[str, ...]
    region: str | None
    deadline: date | None
    published_at: datetime


def legal_status_of(patents: Sequence[PublicPatent]) -> str | None:
    """The status that a hit shows: that of the strongest patent."""
    order = ("in_force", "pending", "unknown")
    found = {patent.legal_status for patent in patents}
    return next((status for status in order if status in found), next(iter(sorted(found)), None))
