"""Listings as programs write them: the fields of the forms, turned into the use cases' inputs."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from listings.exporting import LONGEST_BASIS
from listings.importing.numbers import Stage as Numbered
from listings.importing.numbers import read_number
from listings.importing.values import Unreadable
from listings.inputs import (
    AssetChange,
    ComparisonInput,
    ContactInput,
    ContributorInput,
    CoOwnerInput,
    EvidenceInput,
    FundingInput,
    ListingChange,
    PatentInput,
    RightInput,
    TextInput,
    WayInput,
)
from listings.kinds import (
    AssetKind,
    CheckItem,
    CheckOutcome,
    ExportClass,
    LegalStatus,
    Level,
    Origin,
    PatentKind,
    RightKind,
    RoyaltyBase,
    Secrecy,
    Stage,
    TaxBasis,
    Way,
)
from webapp.api.schemas.common import (
    Amount,
    Code,
    In,
    Language,
    Line,
    Points,
    Prose,
    Word,
    plain_id,
    shown_id,
)

Several = Annotated[tuple[Line, ...], Field(max_length=20)]


class TextIn(In):
    """One language of a listing."""

    language: Language
    title: Word
    value_line: Line = ""
    abstract: Prose = ""
    keywords: Annotated[tuple[Word, ...], Field(max_length=20)] = ()
    receives: Several = ()
    brings: Several = ()
    alternatives: Several = ()
    comparison_note: Line = ""
    next_step: Line = ""

    def plain(self) -> TextInput:
        return TextInput(**dict(self))


class ComparisonIn(In):
    language: Language
    metric: Word
    ours: Word
    theirs: Annotated[tuple[Word, ...], Field(max_length=8)] = ()
    unit: Word = ""
    verdict: Literal["better", "equal", "between", "worse"] | None = None

    def plain(self) -> ComparisonInput:
        return ComparisonInput(**dict(self))


class WayIn(In):
    """One way of transfer. Without a price it is negotiable."""

    way: Way
    price: Amount | None = None
    valuation: bool = False
    royalty_bp: Points | None = None
    royalty_base: RoyaltyBase | None = None
    tax_basis: TaxBasis = TaxBasis.UNSAID
    field: Word | None = None
    territory: Word | None = None
    term_months: Annotated[int, Field(ge=1, le=1200)] | None = None
    note_zh: Line = ""
    note_en: Line = ""

    def plain(self) -> WayInput:
        notes = {"zh": self.note_zh, "en": self.note_en}
        return WayInput(
            self.way,
            self.price.money() if self.price else None,
            self.valuation,
            self.royalty_bp,
            self.royalty_base,
            self.tax_basis,
            self.field,
            self.territory,
            self.term_months,
            {language: note for language, note in notes.items() if note},
        )


class ContributorIn(In):
    name: Word
    latin_name: Word | None = None
    affiliation: Word | None = None
    role: Word | None = None
    person: shown_id("person") | None = None  # type: ignore[valid-type]
    share_bp: Points | None = None

    def plain(self) -> ContributorInput:
        return ContributorInput(**(dict(self) | {"person": plain_id(self.person)}))


_NUMBERS: Final[dict[str, Numbered]] = {
    "application_number": "application", "publication_number": "publication",
    "grant_number": "grant",
}  # fmt: skip


class PatentIn(In):
    """Numbers in any usual form."""

    office: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] = "CN"
    application_number: Word | None = None
    publication_number: Word | None = None
    grant_number: Word | None = None
    kind: PatentKind = PatentKind.INVENTION
    kind_code: Code | None = None
    title: Line | None = None
    filed_on: date | None = None
    published_on: date | None = None
    granted_on: date | None = None
    expires_on: date | None = None
    legal_status: LegalStatus = LegalStatus.UNKNOWN
    status_checked_on: date | None = None
    annuity_paid_until: date | None = None
    annuity_due_on: date | None = None
    family: Word | None = None

    @field_validator("application_number", "publication_number", "grant_number")
    @classmethod
    def _readable(cls, number: str | None, info: ValidationInfo) -> str | None:
        """In its one form, as it is stored; what is no number would lose signs there unsaid."""
        if not number:
            return None
        try:
            found = read_number(number, info.data.get("office"), _NUMBERS[info.field_name or ""])
        except Unreadable as why:
            said = {"text": why.text, **why.params}
            raise PydanticCustomError(why.code, "unreadable", said) from None
        if found is None:
            raise PydanticCustomError("patent_number_missing", "no number")
        return found.text

    def plain(self) -> PatentInput:
        return PatentInput(**dict(self))


class EvidenceIn(In):
    language: Language
    trl: Annotated[int, Field(ge=1, le=9)]
    text: Line
    shown_on: date | None = None
    level: Level = Level.PUBLIC

    def plain(self) -> EvidenceInput:
        return EvidenceInput(**dict(self))


class CoOwnerIn(In):
    name: Word
    share_bp: Points | None = None
    consented_on: date | None = None

    def plain(self) -> CoOwnerInput:
        return CoOwnerInput(**dict(self))


class FundingIn(In):
    programme: Word
    number: Word | None = None
    public_money: bool = True

    def plain(self) -> FundingInput:
        return FundingInput(**dict(self))


class RightIn(In):
    """A right that the owner declares; what deals grant is entered by them."""

    starts: date
    kind: RightKind = RightKind.GRANT
    way: Way | None = None
    holder_name: Word | None = None
    field: Word | None = None
    territory: Word | None = None
    ends: date | None = None
    consent: bool = False

    def plain(self) -> RightInput:
        return RightInput(**dict(self))


Codes = Annotated[tuple[Code, ...], Field(max_length=20)]


class AssetIn(In):
    """What is owned. A part that is not sent stays as it is; an empty one is emptied."""

    secrecy: Secrecy | None = None
    trl: Annotated[int, Field(ge=1, le=9)] | None = None
    stage: Stage | None = None
    origin: Origin | None = None
    region: Code | None = None
    registration: Code | None = None
    ipc: Codes | None = None
    industries: Codes | None = None
    emerging: Codes | None = None
    funding: Annotated[tuple[FundingIn, ...], Field(max_length=20)] | None = None
    contributors: Annotated[tuple[ContributorIn, ...], Field(max_length=50)] | None = None
    patents: Annotated[tuple[PatentIn, ...], Field(max_length=50)] | None = None
    evidence: Annotated[tuple[EvidenceIn, ...], Field(max_length=30)] | None = None
    co_owners: Annotated[tuple[CoOwnerIn, ...], Field(max_length=30)] | None = None
    rights: Annotated[tuple[RightIn, ...], Field(max_length=50)] | None = None
    members: Annotated[tuple[shown_id("asset"), ...], Field(max_length=50)] | None = None  # type: ignore[valid-type]

    def plain(self) -> AssetChange:
        sent = dict(self)
        for name in ("funding", "contributors", "patents", "evidence", "co_owners", "rights"):
            if sent[name] is not None:
                sent[name] = tuple(part.plain() for part in sent[name])
        if sent["members"] is not None:
            sent["members"] = tuple(plain_id(shown) for shown in sent["members"])
        return AssetChange(**sent)


class ContactIn(In):
    """Who answers, within how many working days: a person of the market, or a name."""

    person: shown_id("person") | None = None  # type: ignore[valid-type]
    name: Word | None = None
    phone: Word | None = None
    mail: Word | None = None
    answer_days: Annotated[int, Field(ge=1, le=60)] = 3

    def plain(self) -> ContactInput:
        return ContactInput(**(dict(self) | {"person": plain_id(self.person)}))


class ListingPatch(In):
    """What changes. A text replaces the one in its language and no other."""

    texts: Annotated[tuple[TextIn, ...], Field(max_length=2)] = ()
    comparisons: Annotated[tuple[ComparisonIn, ...], Field(max_length=40)] | None = None
    ways: Annotated[tuple[WayIn, ...], Field(max_length=20)] | None = None
    contact: ContactIn | None = None
    level: Level | None = None
    source_url: Annotated[str, Field(max_length=500, pattern=r"^(https?://\S+)?$")] | None = None
    asset: AssetIn | None = None

    def plain(self) -> ListingChange:
        return ListingChange(
            texts=tuple(text.plain() for text in self.texts),
            comparisons=self.comparisons
            if self.comparisons is None
            else tuple(row.plain() for row in self.comparisons),
            ways=self.ways if self.ways is None else tuple(way.plain() for way in self.ways),
            contact=self.contact.plain() if self.contact else None,
            level=self.level,
            source_url=self.source_url,
            asset=self.asset.plain() if self.asset else None,
        )


class ListingDraft(In):
    """The beginning: owner, kind and a text in the original language; the rest may follow."""

    owner: shown_id("organisation")  # type: ignore[valid-type]
    kind: AssetKind
    text: TextIn
    more: ListingPatch | None = None


class FindingIn(In):
    """`note` names the document that was seen."""

    outcome: CheckOutcome
    note: Line = ""
    seen_on: date | None = None


class TitleCheckIn(In):
    """Items that are not sent stay as they were."""

    findings: Annotated[dict[CheckItem, FindingIn], Field(min_length=1)]


class ExportIn(In):
    """`basis`: the item of the catalogue of prohibited and restricted technology."""

    kind: ExportClass
    basis: Annotated[Line, Field(max_length=LONGEST_BASIS)] = ""


class ShareIn(In):
    """The share that the caller saw: one that was changed meanwhile is not confirmed unread."""

    share_bp: Points


class WithdrawIn(In):
    reason: Literal["sold", "not_now", "right_ended", "wrong", "other"]
    note: Line = ""


class ReturnIn(In):
    reason: Literal[
        "title_open", "co_owner_consent", "pledge", "unclear_value", "too_much_disclosed", "price",
        "contributors", "duplicate", "other",
    ]  # fmt: skip
    note: Line = ""
