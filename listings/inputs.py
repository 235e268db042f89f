"""What forms, files and machines hand to the actions: plain frozen values, not yet checked."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.money import Money
from listings.kinds import LegalStatus, Level, PatentKind, TaxBasis, Way


@dataclass(frozen=True)
class TextInput:
    """One language of a listing."""

    language: str
    title: str
    value_line: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    receives: tuple[str, ...] = ()
    brings: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    comparison_note: str = ""
    next_step: str = ""


@dataclass(frozen=True)
class ComparisonInput:
    """`verdict` is better, equal, between (those of two alternatives) or worse, or None where
    figures cannot be compared."""

    language: str
    metric: str
    ours: str
    theirs: tuple[str, ...] = ()
    unit: str = ""
    verdict: str | None = None


@dataclass(frozen=True)
class WayInput:
    """No price: negotiable. Rates in basis points."""

    way: Way
    price: Money | None = None
    valuation: bool = False
    royalty_bp: int | None = None
    royalty_base: str | None = None
    tax_basis: TaxBasis = TaxBasis.UNSAID
    field: str | None = None
    territory: str | None = None
    term_months: int | None = None
    notes: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class ContributorInput:
    """`person` is the id of an account, where there is one; `share_bp` in basis points."""

    name: str
    latin_name: str | None = None
    affiliation: str | None = None
    role: str | None = None
    person: str | None = None
    share_bp: int | None = None


@dataclass(frozen=True)
class PatentInput:
    """Numbers in any usual form; they are stored in the canonical one."""

    office: str = "CN"
    application_number: str | None = None
    publication_number: str | None = None
    grant_number: str | None = None
    kind: PatentKind = PatentKind.INVENTION
    kind_code: str | None = None
    title: str | None = None
    filed_on: date | None = None
    published_on: date | None = None
    granted_on: date | None = None
    expires_on: date | None = None
    legal_status: LegalStatus = LegalStatus.UNKNOWN
    status_checked_on: date | None = None
    annuity_paid_until: date | None = None
    annuity_due_on: date | None = None
    family: str | None = None


@dataclass(frozen=True)
class EvidenceInput:
    language: str
    trl: int
    text: str
    shown_on: date | None = None
    level: Level = Level.PUBLIC


@dataclass(frozen=True)
class CoOwnerInput:
    name: str
    organisation: str | None = None
    share_bp: int | None = None
    consented_on: date | None = None


@dataclass(frozen=True)
class FundingInput:
    programme: str
    number: str | None = None
    public_money: bool = True


@dataclass(frozen=True)
class RightInput:
    """A right declared by the owner; what deals grant goes through `listings.rights.grant`."""

    starts: date
    kind: str = "grant"
    way: Way | None = None
    holder: str | None = None
    holder_name: str | None = None
    field: str | None = None
    territory: str | None = None
    ends: date | None = None
    consent: bool = False


@dataclass(frozen=True)
class AssetChange:
    """None leaves a part as it is; an empty string or tuple empties it."""

    secrecy: str | None = None
    trl: int | None = None
    stage: str | None = None
    origin: str | None = None
    region: str | None = None
    registration: str | None = None
    ipc: tuple[str, ...] | None = None
    industries: tuple[str, ...] | None = None
    emerging: tuple[str, ...] | None = None
    funding: tuple[FundingInput, ...] | None = None
    contributors: tuple[ContributorInput, ...] | None = None
    patents: tuple[PatentInput, ...] | None = None
    evidence: tuple[EvidenceInput, ...] | None = None
    co_owners: tuple[CoOwnerInput, ...] | None = None
    rights: tuple[RightInput, ...] | None = None
    members: tuple[str, ...] | None = None


@dataclass(frozen=True)
class ContactInput:
    """Who answers, and within how many working days. A person of the market, or a name."""

    person: str | None = None
    name: str | None = None
    phone: str | None = None
    mail: str | None = None
    answer_days: int = 3


@dataclass(frozen=True)
class ListingChange:
    """None leaves a part as it is. A text replaces the one in its language, and no other."""

    texts: tuple[TextInput, ...] = ()
    comparisons: tuple[ComparisonInput, ...] | None = None
    ways: tuple[WayInput, ...] | None = None
    contact: ContactInput | None = None
    level: Level | None = None
    source_url: str | None = None
    asset: AssetChange | None = None


@dataclass(frozen=True)
class NeedInput:
    """A whole need as its form holds it. Budget in one currency."""

    language: str
    title: str
    summary: str = ""
    description: str = ""
    tried: str = ""
    keywords: tuple[str, ...] = ()
    budget_low: Money | None = None
    budget_high: Money | None = None
    fields: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    region: str | None = None
    deadline: date | None = None
    confidential: bool = False
    anonymous: bool = False
    contact_person: str | None = None
    contact_name: str | None = None
    translation: NeedTranslation | None = None


@dataclass(frozen=True)
class NeedTranslation:
    language: str
    title: str
    summary: str = ""
    description: str = ""
    tried: str = ""
    keywords: tuple[str, ...] = ()
