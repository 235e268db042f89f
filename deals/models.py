"""Tables of inquiries, deals and public notices."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.columns import FIXED, Json, Seq
from core.ids import new_id
from core.models import Base, Head, Owned
from deals.states import InquiryState

NOTICE_EDITION: Final = 2
"""1: an unmarked buyer is "not related", and a trial is told without what it can become. 2: no
relation is "known or declared"; a trial says what it can become, and by what it is measured."""
_INQUIRY_STATES = ", ".join(f"'{state}'" for state in InquiryState)


class Inquiry(Base, Head):
    """Somebody asks for a listing. Contact data are erasable: the chain knows ids only."""

    __tablename__ = "inquiry"
    __table_args__ = (
        CheckConstraint(f"state IN ({_INQUIRY_STATES})", name="state"),
        CheckConstraint("budget_minor > 0", name="budget_minor"),
        CheckConstraint("(budget_minor IS NULL) = (currency IS NULL)", name="budget"),
        Index("ix_inquiry_owner_org_asked_at", "owner_org", "asked_at"),
        Index("ix_inquiry_source_asked_at", "source", "asked_at"),
    )
    PREFIX = "inquiry"
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012
    listing: Mapped[str] = mapped_column(ForeignKey("listing.id"), index=True, info=FIXED)
    owner_org: Mapped[str] = mapped_column(ForeignKey("organisation.id"), info=FIXED)
    asked_at: Mapped[datetime] = mapped_column(info=FIXED)
    source: Mapped[str] = mapped_column(info=FIXED)
    """A keyed hash of where it came from: limits count by it."""
    language: Mapped[str] = mapped_column(info=FIXED)
    jurisdiction: Mapped[str] = mapped_column(info=FIXED)
    way: Mapped[str]
    purpose: Mapped[str]
    timetable: Mapped[str]
    budget_minor: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str | None]
    question: Mapped[str] = mapped_column(default="")
    sender_name: Mapped[str]
    sender_firm: Mapped[str]
    sender_phone: Mapped[str | None] = mapped_column(index=True)
    sender_mail: Mapped[str | None] = mapped_column(index=True)
    """Both in the normal form of `accounts.contacts`; at least one is given."""
    sender_person: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    sender_org: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    sender_country: Mapped[str | None]
    """Two letters of ISO 3166-1: of the organisation's register, else as the sender says; None
    where nobody said it."""
    contact_person: Mapped[str | None]
    state: Mapped[str] = mapped_column(default=InquiryState.OPEN)
    due_on: Mapped[date]
    """The legal day by whose end the contact promised an answer."""
    due_at: Mapped[datetime]
    remind_at: Mapped[datetime]
    escalate_at: Mapped[datetime]
    public_at: Mapped[datetime]
    """From here on the institute's page counts it as overdue."""
    reminded_at: Mapped[datetime | None]
    escalated_at: Mapped[datetime | None]
    first_answer_at: Mapped[datetime | None]
    answer_days: Mapped[int | None]
    """Working days that the first answer took."""
    reason: Mapped[str | None]
    deal: Mapped[str | None]


class InquiryEvent(Base, Owned):
    """What happened to an inquiry, in order; talks by telephone or WeChat are one line each."""

    __tablename__ = "inquiry_event"
    n: Mapped[int] = mapped_column(Seq, primary_key=True)
    inquiry: Mapped[str] = mapped_column(ForeignKey("inquiry.id"), index=True, info=FIXED)
    kind: Mapped[str] = mapped_column(info=FIXED)
    at: Mapped[datetime] = mapped_column(info=FIXED)
    by: Mapped[str | None] = mapped_column(info=FIXED)
    channel: Mapped[str] = mapped_column(default="market", info=FIXED)
    reason: Mapped[str | None] = mapped_column(info=FIXED)
    text: Mapped[str] = mapped_column(default="")

    @property
    def stream(self) -> str:
        return f"inquiry:{self.inquiry}"


class Posting(Base, Head):
    """Terms that an owner publishes on a listing, for whoever meets the conditions. They never
    change; what is accepted opens a deal of its own."""

    __tablename__ = "posting"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'withdrawn')", name="state"),
        CheckConstraint("(state = 'open') = (ended_at IS NULL)", name="ended"),
    )
    PREFIX = "posting"
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012
    mode: Mapped[str] = mapped_column(info=FIXED)
    listing: Mapped[str] = mapped_column(ForeignKey("listing.id"), index=True, info=FIXED)
    owner_org: Mapped[str] = mapped_column(ForeignKey("organisation.id"), info=FIXED)
    posted_at: Mapped[datetime] = mapped_column(info=FIXED)
    posted_by: Mapped[str | None] = mapped_column(info=FIXED)
    way: Mapped[str] = mapped_column(info=FIXED)
    terms: Mapped[dict[str, Any]] = mapped_column(info=FIXED)
    conditions: Mapped[str] = mapped_column(default="", info=FIXED)
    domestic_only: Mapped[bool] = mapped_column(default=False, info=FIXED)
    valuation: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("valuation.n"), info=FIXED)
    """What was on file and valid when the price was posted."""
    price_reason: Mapped[str] = mapped_column(default="", info=FIXED)
    """Why the price lies further below it than the law profile lets pass unsaid."""
    mode_reason: Mapped[str] = mapped_column(default="", server_default="", info=FIXED)
    """Why the price is found in a way that the law profile does not name."""
    valid_until: Mapped[date | None] = mapped_column(info=FIXED)
    state: Mapped[str] = mapped_column(default="open")
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]


class Deal(Base, Head):
    """One path to a contract. Jurisdiction, profile and currency are pinned when it opens."""

    __tablename__ = "deal"
    __table_args__ = (Index("ix_deal_seller_org_state", "seller_org", "state"),)
    PREFIX = "deal"
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012
    mode: Mapped[str] = mapped_column(info=FIXED)
    listing: Mapped[str] = mapped_column(ForeignKey("listing.id"), index=True, info=FIXED)
    inquiry: Mapped[str | None] = mapped_column(ForeignKey("inquiry.id"), unique=True, info=FIXED)
    posting: Mapped[str | None] = mapped_column(ForeignKey("posting.id"), index=True, info=FIXED)
    """The published terms that it goes by; None where they are negotiated."""
    follows: Mapped[str | None] = mapped_column(ForeignKey("deal.id"), unique=True, info=FIXED)
    """The deal of the trial that it takes up; None for every other."""
    room: Mapped[str] = mapped_column(info=FIXED)
    seller_org: Mapped[str] = mapped_column(ForeignKey("organisation.id"), info=FIXED)
    opened_at: Mapped[datetime] = mapped_column(info=FIXED)
    opened_by: Mapped[str | None] = mapped_column(info=FIXED)
    jurisdiction: Mapped[str] = mapped_column(info=FIXED)
    law_on: Mapped[date] = mapped_column(Date, info=FIXED)
    profile: Mapped[str] = mapped_column(info=FIXED)
    currency: Mapped[str] = mapped_column(info=FIXED)
    owner_is_state: Mapped[bool] = mapped_column(info=FIXED)
    mode_reason: Mapped[str] = mapped_column(default="", server_default="", info=FIXED)
    """Why a price by agreement is found in a way that the law does not name; of published terms
    the posting keeps it. The buyer reads none of it."""
    related: Mapped[bool] = mapped_column(default=False)
    """The buyer is a contributor of the result, or related to one or to the owner."""
    seller_person: Mapped[str | None]
    buyer_person: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    buyer_org: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    buyer_name: Mapped[str]
    buyer_firm: Mapped[str]
    buyer_country: Mapped[str | None]
    """As a side stated it, where no organisation says it; None while nobody has."""
    state: Mapped[str]
    way: Mapped[str | None]
    """What was agreed to pass; None before an acceptance."""
    offer: Mapped[int | None]
    """The version on the table."""
    offers: Mapped[int] = mapped_column(default=0)
    agreed: Mapped[int | None]
    notice: Mapped[str | None]
    moved_at: Mapped[datetime]
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    """When the engine looks again; past it a read says `closing`."""
    reason: Mapped[str | None]
    number: Mapped[str | None] = mapped_column(unique=True)
    """Given after it opened, by the rules of that day."""


class _OfDeal(Owned):
    deal: Mapped[str] = mapped_column(ForeignKey("deal.id"), index=True, info=FIXED)

    @property
    def stream(self) -> str:
        return f"deal:{self.deal}"


class DealAsset(Base, _OfDeal):
    """What the deal is about: the asset of its listing and, for a package, its members."""

    __tablename__ = "deal_asset"
    deal: Mapped[str] = mapped_column(ForeignKey("deal.id"), primary_key=True, info=FIXED)
    asset: Mapped[str] = mapped_column(
        ForeignKey("asset.id"), primary_key=True, index=True, info=FIXED
    )


class Offer(Base, _OfDeal):
    """One version of the terms; the terms never change, a counter-offer is the next version."""

    __tablename__ = "offer"
    __table_args__ = (
        CheckConstraint("side IN ('seller', 'buyer')", name="side"),
        CheckConstraint(
            "state IN ('open', 'superseded', 'withdrawn', 'accepted', 'closed')", name="state"
        ),
        Index(
            "uq_offer_accepted",
            "deal",
            unique=True,
            sqlite_where=text("state = 'accepted'"),
            postgresql_where=text("state = 'accepted'"),
        ),
    )
    deal: Mapped[str] = mapped_column(ForeignKey("deal.id"), primary_key=True, info=FIXED)
    version: Mapped[int] = mapped_column(primary_key=True, info=FIXED)
    side: Mapped[str] = mapped_column(info=FIXED)
    by: Mapped[str | None] = mapped_column(info=FIXED)
    at: Mapped[datetime] = mapped_column(info=FIXED)
    terms: Mapped[dict[str, Any]] = mapped_column(info=FIXED)
    valid_until: Mapped[date | None] = mapped_column(info=FIXED)
    state: Mapped[str] = mapped_column(default="open")
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None]
    valuation: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("valuation.n"))
    """On file when the owner's side offered or accepted this price; the buyer sees none of it."""
    price_reason: Mapped[str] = mapped_column(default="")
    """Of the owner's side: why the price lies so far below the valuation."""


class DealStep(Base, _OfDeal):
    """One transition with the rules that it passed. Append-only."""

    __tablename__ = "deal_step"
    n: Mapped[int] = mapped_column(Seq, primary_key=True)
    act: Mapped[str] = mapped_column(info=FIXED)
    source: Mapped[str] = mapped_column(info=FIXED)
    target: Mapped[str] = mapped_column(info=FIXED)
    side: Mapped[str] = mapped_column(info=FIXED)
    by: Mapped[str | None] = mapped_column(info=FIXED)
    at: Mapped[datetime] = mapped_column(info=FIXED)
    rules: Mapped[list[Any]] = mapped_column(Json, default=list, info=FIXED)
    """[{"rule", "value", "unit", "citation", "profile"}]"""
    evidence: Mapped[dict[str, Any]] = mapped_column(default=dict, info=FIXED)
    """Ids, codes and numbers: which version, which notice, which objection."""


class AssetClaim(Base, Owned):
    """An accepted way that its contract will use up; belongs to the asset, which is scarce."""

    __tablename__ = "asset_claim"
    asset: Mapped[str] = mapped_column(ForeignKey("asset.id"), primary_key=True, info=FIXED)
    deal: Mapped[str] = mapped_column(
        ForeignKey("deal.id"), primary_key=True, index=True, info=FIXED
    )
    way: Mapped[str] = mapped_column(info=FIXED)
    field: Mapped[str] = mapped_column(default="", info=FIXED)
    territory: Mapped[str] = mapped_column(default="", server_default="", info=FIXED)
    """As the terms say it; "": everywhere."""
    at: Mapped[datetime] = mapped_column(info=FIXED)

    @property
    def stream(self) -> str:
        return f"asset:{self.asset}"


class PublicNotice(Base, Owned):
    """What the law wants published (公示): for a price now, for rewards by the same entity.

    Its content is a copy of what was true when it began; a change would be another notice.
    """

    __tablename__ = "public_notice"
    __table_args__ = (
        CheckConstraint("kind IN ('price', 'reward')", name="kind"),
        CheckConstraint("state IN ('running', 'closed', 'revoked')", name="state"),
        CheckConstraint("ends_at > begins_at", name="period"),
        CheckConstraint(
            "(first_day IS NULL) = (last_day IS NULL) AND (first_day IS NULL) = (ends_at IS NULL)",
            name="days",
        ),
        CheckConstraint("asks_proof OR first_day IS NOT NULL", name="begun"),
        CheckConstraint("(state = 'running') = (result IS NULL)", name="result"),
        Index("ix_public_notice_state_ends_at", "state", "ends_at"),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    about: Mapped[str] = mapped_column(index=True, info=FIXED)
    """The Ref whose stream it belongs to."""
    kind: Mapped[str] = mapped_column(info=FIXED)
    organisation: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True, info=FIXED)
    listing: Mapped[str] = mapped_column(ForeignKey("listing.id"), index=True, info=FIXED)
    texts: Mapped[dict[str, Any]] = mapped_column(info=FIXED)
    """By language: {"title", "abstract"}, and "number" where the result bears one; the original
    language is `language`."""
    language: Mapped[str] = mapped_column(info=FIXED)
    patents: Mapped[list[str]] = mapped_column(info=FIXED)
    mode: Mapped[str] = mapped_column(info=FIXED)
    terms: Mapped[dict[str, Any]] = mapped_column(info=FIXED)
    buyer: Mapped[str] = mapped_column(info=FIXED)
    related: Mapped[bool] = mapped_column(info=FIXED)
    contact: Mapped[dict[str, Any]] = mapped_column(info=FIXED)
    """{"name", "phone", "mail"}: printed, so that objections need no account."""
    places: Mapped[list[str]] = mapped_column(info=FIXED)
    words: Mapped[dict[str, Any]] = mapped_column(default=dict, info=FIXED)
    """By language: [heading, text] of the market's own wording of that day, with its names; empty
    where it was the shipped one."""
    edition: Mapped[int] = mapped_column(default=NOTICE_EDITION, info=FIXED)
    """What its pages and papers say of its content: see `NOTICE_EDITION`."""
    days: Mapped[int] = mapped_column(info=FIXED)
    rules: Mapped[list[Any]] = mapped_column(Json, info=FIXED)
    asks_proof: Mapped[bool] = mapped_column(default=False, info=FIXED)
    """The period counts by what the owner shows: it begins with a picture of the notice in the
    owner's own unit, and nothing is confirmed before one of the last day."""
    first_day: Mapped[date | None]
    """None until the owner has shown it, where that is asked."""
    last_day: Mapped[date | None]
    begins_at: Mapped[datetime] = mapped_column(info=FIXED)
    """When it was published here; objections are taken from then on."""
    ends_at: Mapped[datetime | None]
    shown_until: Mapped[date | None]
    """The day on or after the last one on which it was shown to hang still."""
    reminded_at: Mapped[datetime | None]
    digest: Mapped[str] = mapped_column(info=FIXED)
    """SHA-256 of the content as published."""
    state: Mapped[str] = mapped_column(default="running")
    result: Mapped[str | None]
    """confirmed, objection_upheld or ended: published after the notice."""
    number: Mapped[str | None] = mapped_column(unique=True)
    """Given after it began; no part of what its digest covers."""
    result_at: Mapped[datetime | None]

    @property
    def stream(self) -> str:
        return self.about


class NoticePosting(Base, Owned):
    """A picture of a notice where the owner itself posts it, on one day. Append-only."""

    __tablename__ = "notice_posting"
    __table_args__ = (
        CheckConstraint("shows IN ('first', 'last')", name="shows"),
        CheckConstraint("place IN ('site', 'board')", name="place"),
        CheckConstraint("place = 'board' OR url <> ''", name="url"),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    notice: Mapped[str] = mapped_column(ForeignKey("public_notice.id"), index=True, info=FIXED)
    about: Mapped[str] = mapped_column(info=FIXED)
    shows: Mapped[str] = mapped_column(info=FIXED)
    """`first`: it hangs from this day on; `last`: it still hung on this day."""
    day: Mapped[date] = mapped_column(info=FIXED)
    place: Mapped[str] = mapped_column(info=FIXED)
    url: Mapped[str] = mapped_column(default="", info=FIXED)
    sha256: Mapped[str] = mapped_column(info=FIXED)
    """Of the picture, or of the saved page."""
    name: Mapped[str] = mapped_column(info=FIXED)
    size: Mapped[int] = mapped_column(BigInteger, info=FIXED)
    at: Mapped[datetime] = mapped_column(info=FIXED)
    by: Mapped[str | None] = mapped_column(info=FIXED)

    @property
    def stream(self) -> str:
        return self.about


class ExportPaper(Base, Owned):
    """What the authority issued for one deal: letter of intent, export licence, registration."""

    __tablename__ = "export_paper"
    __table_args__ = (
        CheckConstraint("kind IN ('intent', 'licence', 'registration')", name="kind"),
    )
    deal: Mapped[str] = mapped_column(ForeignKey("deal.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str]
    issued_on: Mapped[date]
    by: Mapped[str]
    at: Mapped[datetime]

    @property
    def stream(self) -> str:
        return f"deal:{self.deal}"


class Objection(Base, Owned):
    """By anyone, with or without an account; blocks until it is answered."""

    __tablename__ = "objection"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'dismissed', 'upheld')", name="state"),
        CheckConstraint("(state = 'open') = (answered_at IS NULL)", name="answered"),
        CheckConstraint("channel IN ('market', 'letter', 'telephone', 'visit')", name="channel"),
        CheckConstraint("(channel = 'market') = (received_on IS NULL)", name="received"),
        Index("ix_objection_source_at", "source", "at"),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    notice: Mapped[str] = mapped_column(ForeignKey("public_notice.id"), index=True, info=FIXED)
    about: Mapped[str] = mapped_column(info=FIXED)
    at: Mapped[datetime] = mapped_column(info=FIXED)
    source: Mapped[str] = mapped_column(info=FIXED)
    person: Mapped[str | None] = mapped_column(info=FIXED)
    channel: Mapped[str] = mapped_column(default="market", info=FIXED)
    """`market`: sent here by the objector; else how it reached the clerk who entered it."""
    received_on: Mapped[date | None] = mapped_column(info=FIXED)
    entered_by: Mapped[str | None] = mapped_column(info=FIXED)
    name: Mapped[str]
    contact: Mapped[str]
    text: Mapped[str]
    state: Mapped[str] = mapped_column(default="open")
    answer: Mapped[str] = mapped_column(default="")
    told: Mapped[list[str]] = mapped_column(Json, default=list)
    """How the answer reached the objector: codes of `deals.rules`. Empty for what was answered
    before answers went out: those stay unpublished."""
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None]

    @property
    def stream(self) -> str:
        return self.about
