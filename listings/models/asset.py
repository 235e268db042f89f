"""What is owned: a result, a patent, know-how or a package, and the register of rights in it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.columns import FIXED, Seq
from core.models import Base, Head, Owned
from listings.kinds import (
    AssetKind,
    ExportClass,
    LegalStatus,
    Level,
    Origin,
    PatentKind,
    RightKind,
    Secrecy,
    Stage,
)
from listings.models._checks import one_of


class Asset(Base, Head):
    """Every deal that grants a scarce right in it locks this stream."""

    __tablename__ = "asset"
    __table_args__ = (
        one_of("kind", AssetKind),
        one_of("secrecy", Secrecy),
        one_of("stage", Stage),
        one_of("origin", Origin),
        CheckConstraint("trl BETWEEN 1 AND 9", name="trl"),
        CheckConstraint("length(registration) = 12", name="registration"),
    )
    PREFIX = "asset"
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012
    kind: Mapped[str] = mapped_column(info=FIXED)
    owner_org: Mapped[str] = mapped_column(index=True, info=FIXED)
    secrecy: Mapped[str] = mapped_column(default=Secrecy.OPEN)
    trl: Mapped[int | None]
    stage: Mapped[str | None]
    origin: Mapped[str | None]
    region: Mapped[str | None]
    registration: Mapped[str | None] = mapped_column(String(12), unique=True)
    """Number of the result registration. A registration certificate is not proof of ownership."""
    created_at: Mapped[datetime]


class _OfAsset(Owned):
    asset: Mapped[str] = mapped_column(ForeignKey("asset.id"), index=True, info=FIXED)

    @property
    def stream(self) -> str:
        return f"asset:{self.asset}"


class AssetMember(Base, Owned):
    """One of several assets that a package offers together; belongs to the package's stream."""

    __tablename__ = "asset_member"
    package: Mapped[str] = mapped_column(ForeignKey("asset.id"), primary_key=True)
    member: Mapped[str] = mapped_column(ForeignKey("asset.id"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(default=0)

    @property
    def stream(self) -> str:
        return f"asset:{self.package}"


class PatentFacts(Base, _OfAsset):
    """One patent or application; numbers in the canonical form of `core.identifiers`."""

    __tablename__ = "patent_facts"
    __table_args__ = (
        one_of("kind", PatentKind),
        one_of("legal_status", LegalStatus),
        Index("ix_patent_application", "office", "application_number"),
        Index("ix_patent_grant", "office", "grant_number"),
    )
    n: Mapped[int] = mapped_column(Seq, primary_key=True)
    position: Mapped[int] = mapped_column(default=0)
    office: Mapped[str]
    application_number: Mapped[str | None]
    publication_number: Mapped[str | None] = mapped_column(index=True)
    grant_number: Mapped[str | None]
    kind: Mapped[str] = mapped_column(default=PatentKind.INVENTION)
    kind_code: Mapped[str | None]
    title: Mapped[str | None]
    filed_on: Mapped[date | None]
    published_on: Mapped[date | None]
    granted_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    legal_status: Mapped[str] = mapped_column(default=LegalStatus.UNKNOWN)
    status_checked_on: Mapped[date | None]
    annuity_paid_until: Mapped[date | None]
    annuity_due_on: Mapped[date | None] = mapped_column(index=True)
    family: Mapped[str | None]


class IpcCode(Base, _OfAsset):
    __tablename__ = "ipc_code"
    asset: Mapped[str] = mapped_column(ForeignKey("asset.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(default=0)


class IndustryCode(Base, _OfAsset):
    """`scheme` is gbt4754 or emerging."""

    __tablename__ = "industry_code"
    __table_args__ = (CheckConstraint("scheme IN ('gbt4754', 'emerging')", name="scheme"),)
    asset: Mapped[str] = mapped_column(ForeignKey("asset.id"), primary_key=True)
    scheme: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)


class Funding(Base, _OfAsset):
    """Public or other money that paid for the work."""

    __tablename__ = "funding"
    asset: Mapped[str] = mapped_column(ForeignKey("asset.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    programme: Mapped[str]
    number: Mapped[str | None]
    public_money: Mapped[bool] = mapped_column(default=True)


class Contributor(Base, _OfAsset):
    """A person who made the result; `share_bp` is the agreed share in basis points."""

    __tablename__ = "contributor"
    __table_args__ = (
        UniqueConstraint("asset", "position"),
        CheckConstraint("share_bp BETWEEN 0 AND 10000", name="share_bp"),
    )
    n: Mapped[int] = mapped_column(Seq, primary_key=True)
    position: Mapped[int]
    name: Mapped[str]
    latin_name: Mapped[str | None]
    affiliation: Mapped[str | None]
    role: Mapped[str | None]
    person: Mapped[str | None] = mapped_column(index=True)
    share_bp: Mapped[int | None]
    confirmed_at: Mapped[datetime | None]


class ExportStatement(Base, _OfAsset):
    """The owner's office says whether the technology may leave the country, and by what."""

    __tablename__ = "export_statement"
    __table_args__ = (one_of("kind", ExportClass),)
    asset: Mapped[str] = mapped_column(ForeignKey("asset.id"), primary_key=True)
    kind: Mapped[str]
    basis: Mapped[str] = mapped_column(default="")
    """Which item of the catalogue, or why none fits."""
    by: Mapped[str]
    at: Mapped[datetime]


class Valuation(Base, _OfAsset):
    """What the asset was valued at, as evidence. Append-only: a later one takes its place."""

    __tablename__ = "valuation"
    __table_args__ = (
        CheckConstraint("minor > 0", name="minor"),
        CheckConstraint("valid_until >= valued_on", name="period"),
        CheckConstraint("provider = '' OR sha256 IS NOT NULL", name="report"),
        CheckConstraint("(sha256 IS NULL) = (size IS NULL)", name="file"),
    )
    n: Mapped[int] = mapped_column(Seq, primary_key=True)
    methods: Mapped[list[str]] = mapped_column(info=FIXED)
    one_method: Mapped[str] = mapped_column(info=FIXED)
    """Why only one method fits; empty where there are enough."""
    minor: Mapped[int] = mapped_column(BigInteger, info=FIXED)
    currency: Mapped[str] = mapped_column(info=FIXED)
    valued_on: Mapped[date] = mapped_column(info=FIXED)
    valid_until: Mapped[date] = mapped_column(info=FIXED)
    provider: Mapped[str] = mapped_column(info=FIXED)
    """Who made it; empty: the owner itself."""
    number: Mapped[str] = mapped_column(info=FIXED)
    """Of the report, as its provider counts."""
    appraisers: Mapped[list[str]]
    """Names of those who signed the report."""
    sha256: Mapped[str | None] = mapped_column(info=FIXED)
    file: Mapped[str] = mapped_column(info=FIXED)
    size: Mapped[int | None] = mapped_column(BigInteger, info=FIXED)
    by: Mapped[str] = mapped_column(info=FIXED)
    at: Mapped[datetime] = mapped_column(info=FIXED)


class TrlEvidence(Base, _OfAsset):
    """What shows that a level was reached; each piece has its own disclosure level."""

    __tablename__ = "trl_evidence"
    __table_args__ = (
        one_of("level", Level),
        CheckConstraint("trl BETWEEN 1 AND 9", name="trl"),
    )
    asset: Mapped[str] = mapped_column(ForeignKey("asset.id"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    trl: Mapped[int]
    shown_on: Mapped[date | None]
    text: Mapped[str]
    level: Mapped[str] = mapped_column(default=Level.PUBLIC)


class CoOwner(Base, _OfAsset):
    """Another holder of the asset, and whether it agreed to the offer."""

    __tablename__ = "co_owner"
    __table_args__ = (CheckConstraint("share_bp BETWEEN 0 AND 10000", name="share_bp"),)
    n: Mapped[int] = mapped_column(Seq, primary_key=True)
    name: Mapped[str]
    organisation: Mapped[str | None]
    share_bp: Mapped[int | None]
    consented_on: Mapped[date | None]


class Right(Base, _OfAsset):
    """One entry of the rights register: who holds what, where, in which field, from and until when.

    `holder` is an organisation of this market, `holder_name` anyone else; both may be withheld from
    readers. `source` is the Ref of what made it (a deal) or the word of the declaring institute.
    """

    __tablename__ = "asset_right"
    __table_args__ = (
        one_of("kind", RightKind),
        CheckConstraint("ends IS NULL OR ends >= starts", name="period"),
        CheckConstraint("kind <> 'grant' OR way IS NOT NULL", name="way"),
        Index("ix_asset_right_source", "source"),
    )
    n: Mapped[int] = mapped_column(Seq, primary_key=True)
    kind: Mapped[str] = mapped_column(default=RightKind.GRANT)
    way: Mapped[str | None]
    holder: Mapped[str | None]
    holder_name: Mapped[str | None]
    field: Mapped[str | None]
    territory: Mapped[str | None]
    starts: Mapped[date]
    ends: Mapped[date | None]
    source: Mapped[str | None]
    consent: Mapped[bool] = mapped_column(default=False)
    """For a pledge: the pledgee agreed that the right may pass."""
