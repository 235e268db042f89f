"""A result's page, laid out: what is printed where, in words of the reader's language.

The view-model is filled from `listings.queries`; the template asks nothing of the database.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from webapp.presenters.hits import HitView
from webapp.presenters.rights_timeline import Drawing


@dataclass(frozen=True)
class ComparisonRow:
    metric: str
    unit: str
    ours: str
    theirs: tuple[str, ...]
    verdict: str


@dataclass(frozen=True)
class Evidence:
    shown_on: date | None
    text: str
    level: str


@dataclass(frozen=True)
class PatentRow:
    number: str
    url: str
    kind: str
    title: str
    status: str
    filed_on: date | None
    granted_on: date | None
    expires_on: date | None
    annuity_paid_until: date | None
    annuity_due_on: date | None


@dataclass(frozen=True)
class WayRow:
    code: str
    name: str
    terms: str
    standing: str
    reason: str
    notice_url: str
    """Where an accepted deal on this way is on public notice."""
    price: str
    amount: str
    """The sum alone, or that it is by agreement."""
    royalty: str
    tax: str
    can_be_asked: bool
    ask_url: str


@dataclass(frozen=True)
class FileRow:
    name: str
    size: int
    media_type: str
    level: str
    url: str
    """Empty where the reader may not open it."""


@dataclass(frozen=True)
class PersonRow:
    name: str
    role: str
    share: str
    confirmed: bool | None
    orcid: str = ""


@dataclass(frozen=True)
class Contact:
    name: str
    office: str
    phone: str
    mail: str
    answer_by: date | None
    asked: int = 0
    in_time: int = 0
    median_days: Any = None


@dataclass(frozen=True)
class PictureView:
    url: str
    caption: str


@dataclass(frozen=True)
class ResultView:
    """One listing as its reader sees it; parts above the reader's level are absent, not hidden."""

    id: str
    url: str
    state: str
    faded: bool
    kind: str
    kind_code: str
    title: str
    title_language: str
    value_line: str
    abstract: tuple[str, ...]
    keywords: tuple[str, ...]
    teaser_only: bool
    unlock: str
    """What opens the rest: member, nda or empty."""
    registration: str
    number: str
    owner: str
    unit: str
    owner_url: str
    region: str
    ipc: tuple[tuple[str, str, str], ...]
    """Code, its name, the address of a search for it."""
    industries: tuple[str, ...]
    trl: int | None
    stage: str
    published_at: datetime | None
    confirmed_at: datetime | None
    patents: tuple[PatentRow, ...]
    members: tuple[tuple[str, str], ...]
    """Of a package: title and address of each asset's own listing, where there is one."""
    alternatives: tuple[str, ...]
    comparison: tuple[ComparisonRow, ...]
    comparison_note: str
    ladder: tuple[tuple[int, str], ...]
    evidence: tuple[Evidence, ...]
    next_step: str
    timeline: Drawing | None
    rights_line: str
    ways: tuple[WayRow, ...]
    receives: tuple[str, ...]
    brings: tuple[str, ...]
    files: tuple[FileRow, ...]
    contributors: tuple[PersonRow, ...]
    funding: tuple[str, ...]
    contact: Contact | None
    deals_open: int
    claimed: bool
    """A deal was accepted, so that something is no longer open."""
    next_annuity: date | None
    citation: str
    pictures: tuple[PictureView, ...] = ()
    similar: tuple[HitView, ...] = ()
    json_ld: dict[str, Any] = field(default_factory=dict)

    @property
    def main_way(self) -> WayRow | None:
        return next((way for way in self.ways if way.can_be_asked), None) or next(
            iter(self.ways), None
        )
