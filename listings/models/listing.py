"""What is offered: a listing of one asset (or package), its texts, ways, files and history."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.columns import FIXED, Json, Seq
from core.models import Base, Head, Owned
from listings.kinds import CheckItem, CheckOutcome, Level, RoyaltyBase, TaxBasis, Way
from listings.models._checks import one_of
from listings.states import ListingState


class Listing(Base, Head):
    """`author` is None where the text was taken over from a register or file of the institute."""

    __tablename__ = "listing"
    __table_args__ = (
        one_of("state", ListingState),
        one_of("level", Level),
        # The two-person rule of publication, kept by the database too.
        CheckConstraint(
            "approved_by IS NULL OR author IS NULL OR approved_by <> author", name="two"
        ),
        CheckConstraint(
            "state NOT IN ('approved', 'published', 'expired') OR approved_by IS NOT NULL",
            name="approved",
        ),
        CheckConstraint("state <> 'published' OR published_at IS NOT NULL", name="published"),
        CheckConstraint("answer_days BETWEEN 1 AND 60", name="answer_days"),
        UniqueConstraint("owner_org", "content_key"),
        Index("ix_listing_owner_state", "owner_org", "state"),
    )
    PREFIX = "listing"
    INDEXED = "listing"
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012

    @property
    def was_public(self) -> bool:
        return self.published_at is not None

    asset: Mapped[str] = mapped_column(ForeignKey("asset.id"), index=True, info=FIXED)
    owner_org: Mapped[str] = mapped_column(info=FIXED)
    author: Mapped[str | None] = mapped_column(index=True)
    language: Mapped[str]
    """The language of the original text."""
    jurisdiction: Mapped[str]
    state: Mapped[str] = mapped_column(default=ListingState.DRAFT, index=True)
    level: Mapped[str] = mapped_column(default=Level.PUBLIC)
    """Readers below this level see the teaser only: title, value line, owner, codes."""
    contact_person: Mapped[str | None]
    contact_name: Mapped[str | None]
    contact_phone: Mapped[str | None]
    contact_mail: Mapped[str | None]
    answer_days: Mapped[int] = mapped_column(default=3)
    """Working days within which the contact promises to answer."""
    unit: Mapped[str | None] = mapped_column(ForeignKey("unit.id"), index=True)
    """The department or branch of the owner that it comes from."""
    handler: Mapped[str | None]
    """The officer who works on it."""
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime]
    edits: Mapped[int] = mapped_column(default=0)
    """Counts edits, so that one of a text alone moves `version` too."""
    refreshed_at: Mapped[datetime | None]
    """When its asset last changed: written so that the index hears of it."""
    submitted_at: Mapped[datetime | None]
    returned_code: Mapped[str | None]
    approved_by: Mapped[str | None]
    approved_at: Mapped[datetime | None]
    measure: Mapped[str | None]
    """The notice of infringement that keeps it off the market."""
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    confirmed_at: Mapped[datetime | None]
    fades_at: Mapped[datetime | None]
    faded_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    origin: Mapped[str | None] = mapped_column(info=FIXED)
    """Where it came from: None for typed here, else `import:<job>` or another source's Ref."""
    content_key: Mapped[str | None] = mapped_column(info=FIXED)
    """What makes the same record of the same owner the same; see `registering`."""
    source_url: Mapped[str | None]
    number: Mapped[str | None] = mapped_column(unique=True)
    """Its public number, given with the first publication and kept."""


class _OfListing(Owned):
    INDEXED = "listing"
    listing: Mapped[str] = mapped_column(ForeignKey("listing.id"), index=True, info=FIXED)

    @property
    def stream(self) -> str:
        return f"listing:{self.listing}"


class ListingText(Base, _OfListing):
    """One language of a listing; exactly the row in `Listing.language` is the original."""

    __tablename__ = "listing_text"
    listing: Mapped[str] = mapped_column(ForeignKey("listing.id"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    original: Mapped[bool]
    title: Mapped[str]
    value_line: Mapped[str] = mapped_column(default="")
    abstract: Mapped[str] = mapped_column(default="")
    keywords: Mapped[list[str]] = mapped_column(default=list)
    receives: Mapped[list[str]] = mapped_column(default=list)
    brings: Mapped[list[str]] = mapped_column(default=list)
    alternatives: Mapped[list[str]] = mapped_column(default=list)
    """Heads of the columns that `Comparison.theirs` fills."""
    comparison_note: Mapped[str] = mapped_column(default="")
    next_step: Mapped[str] = mapped_column(default="")
    """What the next readiness level still needs."""


class Comparison(Base, _OfListing):
    """One line of the table "compared with what is used today"; figures are text as written."""

    __tablename__ = "comparison"
    __table_args__ = (
        CheckConstraint("verdict IN ('better', 'equal', 'between', 'worse')", name="verdict"),
    )
    listing: Mapped[str] = mapped_column(ForeignKey("listing.id"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    metric: Mapped[str]
    unit: Mapped[str] = mapped_column(default="")
    ours: Mapped[str]
    theirs: Mapped[list[str]] = mapped_column(default=list)
    verdict: Mapped[str | None]


class OfferedWay(Base, _OfListing):
    """A way the owner offers. No price means negotiable; rates are in basis points."""

    __tablename__ = "offered_way"
    __table_args__ = (
        one_of("way", Way),
        one_of("tax_basis", TaxBasis),
        one_of("royalty_base", RoyaltyBase),
        UniqueConstraint("listing", "position"),
        CheckConstraint("(price_minor IS NULL) = (currency IS NULL)", name="price"),
        CheckConstraint("price_minor >= 0", name="price_minor"),
        CheckConstraint("royalty_bp BETWEEN 0 AND 10000", name="royalty_bp"),
        CheckConstraint("(royalty_bp IS NULL) = (royalty_base IS NULL)", name="royalty"),
    )
    n: Mapped[int] = mapped_column(Seq, primary_key=True)
    position: Mapped[int]
    way: Mapped[str]
    price_minor: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str | None]
    valuation: Mapped[bool] = mapped_column(default=False)
    """The price is the value at which the asset enters a company, not a sum to be paid."""
    royalty_bp: Mapped[int | None]
    royalty_base: Mapped[str | None]
    tax_basis: Mapped[str] = mapped_column(default=TaxBasis.UNSAID)
    field: Mapped[str | None]
    territory: Mapped[str | None]
    term_months: Mapped[int | None]
    notes: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    """Conditions in the owner's words, by language."""


class ListingFile(Base, _OfListing):
    __tablename__ = "listing_file"
    __table_args__ = (one_of("level", Level), UniqueConstraint("listing", "sha256"))
    n: Mapped[int] = mapped_column(Seq, primary_key=True)
    sha256: Mapped[str]
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    level: Mapped[str] = mapped_column(default=Level.PUBLIC)
    added_at: Mapped[datetime]


class Picture(Base, _OfListing):
    __tablename__ = "picture"
    __table_args__ = (UniqueConstraint("listing", "sha256"),)
    n: Mapped[int] = mapped_column(Seq, primary_key=True)
    sha256: Mapped[str]
    media_type: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    captions: Mapped[dict[str, str]] = mapped_column(Json, default=dict)


class TitleFinding(Base, _OfListing):
    """The last answer to one item of the title check."""

    __tablename__ = "title_finding"
    __table_args__ = (one_of("item", CheckItem), one_of("outcome", CheckOutcome))
    listing: Mapped[str] = mapped_column(ForeignKey("listing.id"), primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    outcome: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    seen_on: Mapped[date | None]
    by: Mapped[str | None]
    at: Mapped[datetime]


class ListingStep(Base, _OfListing):
    """History: one row per transition, with the rules that it passed. Append-only."""

    __tablename__ = "listing_step"
    INDEXED = ""
    n: Mapped[int] = mapped_column(Seq, primary_key=True)
    action: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    by: Mapped[str | None]
    at: Mapped[datetime]
    reason: Mapped[str | None]
    note: Mapped[str] = mapped_column(default="")
    profile: Mapped[str | None]
    """The law profile's pinned version."""
    rules: Mapped[list[Any]] = mapped_column(Json, default=list)
    """[{"rule": id, "value": …, "citation": …}]"""
