"""Tables of complaints."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.columns import FIXED, Seq
from core.models import Base, Head, Owned
from governance.filing_rules import FilingKind
from governance.states import AppealState, Audience, ComplaintState, Kind

_STATES = ", ".join(f"'{state}'" for state in ComplaintState)
_KINDS = ", ".join(f"'{kind}'" for kind in Kind)
_AUDIENCES = ", ".join(f"'{audience}'" for audience in Audience)
_FILINGS = ", ".join(f"'{kind}'" for kind in FilingKind)
_APPEAL_STATES = ", ".join(f"'{state}'" for state in AppealState)


class Complaint(Base, Head):
    """Somebody reports what is public. Its texts are erasable: the chain knows ids only."""

    __tablename__ = "complaint"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint(f"kind IN ({_KINDS})", name="kind"),
        CheckConstraint("(state = 'countered') = (wait_until IS NOT NULL)", name="waiting"),
        Index("ix_complaint_about_state", "about", "state"),
        Index("ix_complaint_state_sent_at", "state", "sent_at"),
        Index("ix_complaint_source_sent_at", "source", "sent_at"),
    )
    PREFIX = "complaint"
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012
    about: Mapped[str] = mapped_column(info=FIXED)
    """The stream's name: `listing:4f…`."""
    owner_org: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True, info=FIXED)
    kind: Mapped[str] = mapped_column(info=FIXED)
    source: Mapped[str] = mapped_column(info=FIXED)
    """A keyed hash of where it came from: limits count by it."""
    sent_at: Mapped[datetime] = mapped_column(info=FIXED)
    language: Mapped[str] = mapped_column(info=FIXED)
    sender_person: Mapped[str | None] = mapped_column(
        ForeignKey("person.id"), index=True, info=FIXED
    )
    sender_name: Mapped[str]
    sender_mail: Mapped[str]
    claim: Mapped[str] = mapped_column(default="")
    """Of an infringement: which right, and what shows that it is the sender's."""
    text: Mapped[str]
    state: Mapped[str] = mapped_column(default=ComplaintState.RECEIVED)
    forwarded_at: Mapped[datetime | None]
    """From then on the owner reads it."""
    statement: Mapped[str] = mapped_column(default="")
    """The owner's: why nothing is infringed."""
    suit: Mapped[str] = mapped_column(default="")
    """Where the sender has complained or sued."""
    wait_until: Mapped[datetime | None]
    """When measures end unless the sender shows a complaint or suit before."""


class ComplaintStep(Base, Owned):
    """What happened to a complaint, in order, with the rule that it followed."""

    __tablename__ = "complaint_step"
    n: Mapped[int] = mapped_column(Seq, primary_key=True)
    complaint: Mapped[str] = mapped_column(ForeignKey("complaint.id"), index=True, info=FIXED)
    act: Mapped[str] = mapped_column(info=FIXED)
    before: Mapped[str] = mapped_column(info=FIXED)
    after: Mapped[str] = mapped_column(info=FIXED)
    at: Mapped[datetime] = mapped_column(info=FIXED)
    by: Mapped[str | None] = mapped_column(info=FIXED)
    note: Mapped[str] = mapped_column(default="")
    """The operator's reason, told to both sides."""
    rule: Mapped[str | None] = mapped_column(info=FIXED)
    profile: Mapped[str | None] = mapped_column(info=FIXED)

    @property
    def stream(self) -> str:
        return f"complaint:{self.complaint}"


class Appeal(Base, Head):
    """Whoever a decision of the operator concerns asks another operator to look at it again."""

    __tablename__ = "appeal"
    __table_args__ = (
        UniqueConstraint("about", "decision"),
        CheckConstraint(f"state IN ({_APPEAL_STATES})", name="state"),
        CheckConstraint("answered_by IS NULL OR answered_by <> decided_by", name="two_persons"),
        CheckConstraint("(state = 'received') = (answered_at IS NULL)", name="answered"),
        Index("ix_appeal_state_sent_at", "state", "sent_at"),
    )
    PREFIX = "appeal"
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012
    about: Mapped[str] = mapped_column(info=FIXED)
    """The stream that was decided about: `listing:…`, `need:…`, `organisation:…`, `sanction:…`."""
    decision: Mapped[str] = mapped_column(info=FIXED)
    """Which of the decisions about it; each can be appealed once."""
    decided_by: Mapped[str | None] = mapped_column(info=FIXED)
    owner_org: Mapped[str | None] = mapped_column(
        ForeignKey("organisation.id"), index=True, info=FIXED
    )
    """Whose it is; None where the decision concerns a person alone."""
    sender_person: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True, info=FIXED)
    sent_at: Mapped[datetime] = mapped_column(info=FIXED)
    text: Mapped[str]
    rule: Mapped[str] = mapped_column(info=FIXED)
    profile: Mapped[str] = mapped_column(info=FIXED)
    state: Mapped[str] = mapped_column(default=AppealState.RECEIVED)
    answered_by: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="")
    """The second operator's reason, told to whom it concerns."""


class Announcement(Base, Head):
    """What the operator tells everybody, or some, in both languages and for a time."""

    __tablename__ = "announcement"
    __table_args__ = (
        CheckConstraint(f"audience IN ({_AUDIENCES})", name="audience"),
        CheckConstraint("ends_at > starts_at", name="period"),
        Index("ix_announcement_starts_at", "starts_at"),
    )
    PREFIX = "announcement"
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012
    title: Mapped[str] = mapped_column(info=FIXED)
    title_en: Mapped[str] = mapped_column(info=FIXED)
    text: Mapped[str] = mapped_column(info=FIXED)
    text_en: Mapped[str] = mapped_column(info=FIXED)
    audience: Mapped[str] = mapped_column(info=FIXED)
    starts_at: Mapped[datetime] = mapped_column(info=FIXED)
    ends_at: Mapped[datetime] = mapped_column(info=FIXED)
    made_by: Mapped[str | None] = mapped_column(info=FIXED)
    made_at: Mapped[datetime] = mapped_column(info=FIXED)
    withdrawn_by: Mapped[str | None]
    withdrawn_at: Mapped[datetime | None]

    def titled(self, language: str) -> str:
        return self.title_en if language == "en" else self.title

    def said(self, language: str) -> str:
        return self.text_en if language == "en" else self.text


class DutyOwner(Base, Head):
    """Which operator looks after a duty. Its id is made of kind and subject, so there is one."""

    __tablename__ = "duty_owner"
    __table_args__ = (UniqueConstraint("kind", "subject"),)
    PREFIX = "duty"
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012
    kind: Mapped[str] = mapped_column(info=FIXED)
    subject: Mapped[str] = mapped_column(info=FIXED)
    """A stream's name, or a period: `2026-Q3`."""
    owner: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    assigned_by: Mapped[str | None]
    assigned_at: Mapped[datetime]


class Filing(Base, Head):
    """A return or volume of one period: made from the rows, then handed in, with its proof."""

    __tablename__ = "filing"
    __table_args__ = (
        UniqueConstraint("kind", "period"),
        CheckConstraint(f"kind IN ({_FILINGS})", name="kind"),
        CheckConstraint("last_day >= first_day", name="days"),
        CheckConstraint("(sha256 IS NULL) = (made_at IS NULL)", name="made"),
        CheckConstraint("(handed_at IS NULL) = (receipt = '')", name="handed"),
        CheckConstraint("handed_at IS NULL OR kind = 'logs' OR sha256 IS NOT NULL", name="whole"),
        Index("ix_filing_handed_at", "handed_at"),
    )
    PREFIX = "filing"
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012
    kind: Mapped[str] = mapped_column(info=FIXED)
    period: Mapped[str] = mapped_column(info=FIXED)
    first_day: Mapped[date] = mapped_column(info=FIXED)
    last_day: Mapped[date] = mapped_column(info=FIXED)
    sha256: Mapped[str | None]
    """Of the file that was made last; what was handed in does not change."""
    size: Mapped[int | None] = mapped_column(BigInteger)
    made_by: Mapped[str | None]
    made_at: Mapped[datetime | None]
    handed_by: Mapped[str | None]
    handed_at: Mapped[datetime | None]
    receipt: Mapped[str] = mapped_column(default="")
    """By what it is proven: the number of a receipt, or where a volume is kept."""


class OrganisationMerge(Base, Head):
    """Two registrations of one organisation become one, by two operators."""

    __tablename__ = "organisation_merge"
    __table_args__ = (
        CheckConstraint("absorbed <> survivor", name="two_sides"),
        CheckConstraint("state IN ('proposed', 'approved', 'refused', 'withdrawn')", name="state"),
        CheckConstraint("decided_by IS NULL OR decided_by <> proposed_by", name="two_persons"),
        CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="decided"),
        CheckConstraint("state <> 'approved' OR decided_by IS NOT NULL", name="approved"),
        Index(
            "uq_organisation_merge_waiting",
            "absorbed",
            unique=True,
            sqlite_where=text("state = 'proposed'"),
            postgresql_where=text("state = 'proposed'"),
        ),
    )
    PREFIX = "merge"
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012
    absorbed: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True, info=FIXED)
    survivor: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True, info=FIXED)
    reason: Mapped[str] = mapped_column(info=FIXED)
    proposed_by: Mapped[str | None] = mapped_column(info=FIXED)
    proposed_at: Mapped[datetime] = mapped_column(info=FIXED)
    state: Mapped[str] = mapped_column(default="proposed")
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="")
