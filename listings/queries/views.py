"""What the page of one listing shows: plain values, made by `listings.queries.page`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from core.money import Money
from listings.availability import Availability
from listings.kinds import Way
from listings.permissions import Do


@dataclass(frozen=True)
class TextView:
    language: str
    original: bool
    title: str
    value_line: str
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    receives: tuple[str, ...] = ()
    brings: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    comparison_note: str = ""
    next_step: str = ""


@dataclass(frozen=True)
class ComparisonView:
    metric: str
    unit: str
    ours: str
    theirs: tuple[str, ...]
    verdict: str | None


@dataclass(frozen=True)
class WayView:
    way: Way
    price: Money | None
    valuation: bool
    royalty_bp: int | None
    royalty_base: str | None
    tax_basis: str
    field: str | None
    territory: str | None
    term_months: int | None
    note: str
    standing: Availability


@dataclass(frozen=True)
class PatentView:
    office: str
    kind: str
    kind_code: str | None
    title: str | None
    application_number: str | None
    publication_number: str | None
    grant_number: str | None
    filed_on: date | None
    published_on: date | None
    granted_on: date | None
    expires_on: date | None
    legal_status: str
    status_checked_on: date | None
    annuity_paid_until: date | None
    annuity_due_on: date | None
    family: str | None


@dataclass(frozen=True)
class EvidenceView:
    """`text` is None where the reader's level does not reach `level`."""

    trl: int
    shown_on: date | None
    level: str
    text: str | None


@dataclass(frozen=True)
class RightView:
    """Who holds it is shown to the owner's office only."""

    kind: str
    way: str | None
    field: str | None
    territory: str | None
    starts: date
    ends: date | None
    holder: str | None


@dataclass(frozen=True)
class ContributorView:
    position: int
    name: str
    latin_name: str | None
    affiliation: str | None
    role: str | None
    confirmed: bool
    share_bp: int | None
    """Shown to the owner's office and to the contributors."""
    orcid: str | None = None
    """Only what the person has shown at ORCID to be theirs, and of a share that they confirmed."""


@dataclass(frozen=True)
class FileView:
    name: str
    media_type: str
    size: int
    level: str
    sha256: str | None
    """None: the reader sees that it exists, and may not open it."""


@dataclass(frozen=True)
class StepView:
    action: str
    before: str
    after: str
    at: datetime
    by: str | None
    reason: str | None
    note: str
    rules: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class FindingView:
    outcome: str
    note: str
    seen_on: date | None


@dataclass(frozen=True)
class ListingPage:
    """`text` is in the reader's language where there is one, else the original."""

    id: str
    version: int
    asset: str
    kind: str
    state: str
    level: str
    owner_org: str
    owner_name: str
    language: str
    languages: tuple[str, ...]
    text: TextView
    comparisons: tuple[ComparisonView, ...]
    ways: tuple[WayView, ...]
    patents: tuple[PatentView, ...]
    evidence: tuple[EvidenceView, ...]
    rights: tuple[RightView, ...]
    co_owners: tuple[str, ...]
    contributors: tuple[ContributorView, ...]
    files: tuple[FileView, ...]
    pictures: tuple[tuple[str, str], ...]
    """(sha256, caption)"""
    funding: tuple[tuple[str, str | None], ...]
    members: tuple[tuple[str, str], ...]
    """(listing or asset id, title) of a package's members."""
    ipc: tuple[str, ...]
    industries: tuple[str, ...]
    emerging: tuple[str, ...]
    trl: int | None
    stage: str | None
    origin: str | None
    region: str | None
    registration: str | None
    number: str | None
    secrecy: str
    contact_person: str | None
    contact_name: str | None
    contact_phone: str | None
    contact_mail: str | None
    answer_days: int
    source_url: str | None
    created_at: datetime
    edited_at: datetime
    published_at: datetime | None
    confirmed_at: datetime | None
    fades_at: datetime | None
    faded_at: datetime | None
    expires_at: datetime | None
    returned_code: str | None
    handler: str | None
    author: str | None
    saved: bool
    teaser: bool
    """The reader sees the teaser only; signing in, or an NDA, shows the rest."""
    may: frozenset[Do]
    history: tuple[StepView, ...]
    findings: dict[str, FindingView]
    unit_name: str = ""
    """The department or branch of the owner that it comes from."""
