"""Tables of accounts. Personal text lives here only; the audit chain holds ids."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from accounts.sanctions import Measure, SanctionState
from core.columns import FIXED, Json, Seq
from core.ids import new_id
from core.models import Base, Head, Owned
from core.versions import version_of


def _to(column: str) -> ForeignKey:
    """Checked at commit: rows of one unit of work may be written in any order."""
    return ForeignKey(column, deferrable=True, initially="DEFERRED")


class Person(Base, Head):
    """Somebody with an account. What they may do comes from memberships, never from this row."""

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("state IN ('unproven', 'active', 'lapsed', 'erased')", name="state"),
    )
    PREFIX = "person"
    name: Mapped[str]
    """As the person writes it; shown in every language."""
    latin_name: Mapped[str | None]
    """For English pages, where `name` is in Chinese characters."""
    language: Mapped[str] = mapped_column(default="zh")
    state: Mapped[str] = mapped_column(default="unproven")
    created_at: Mapped[datetime] = mapped_column(info=FIXED)
    erase_after: Mapped[datetime | None]
    """The person asked to be forgotten; until then they can take it back."""
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012


class OfPerson(Owned):
    """A row of a person's stream."""

    person: Mapped[str] = mapped_column(_to("person.id"), index=True, info=FIXED)

    @property
    def stream(self) -> str:
        return f"person:{self.person}"


class ContactPoint(Base, OfPerson):
    """A mail address or mobile number; anyone may claim one, only one person may have proven it."""

    __tablename__ = "contact_point"
    __table_args__ = (
        CheckConstraint("kind IN ('mail', 'mobile')", name="kind"),
        Index(
            "uq_contact_point_proven",
            "kind",
            "value",
            unique=True,
            sqlite_where=text("verified_at IS NOT NULL"),
            postgresql_where=text("verified_at IS NOT NULL"),
        ),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(info=FIXED)
    value: Mapped[str] = mapped_column(info=FIXED, index=True)
    """Normalised by `accounts.contacts`: lower-case mail, E.164 number."""
    verified_at: Mapped[datetime | None]


class Credential(Base, OfPerson):
    """A password's argon2id hash. Never changed: a new password is a new row."""

    __tablename__ = "credential"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    hash: Mapped[str] = mapped_column(info=FIXED)
    made_at: Mapped[datetime] = mapped_column(info=FIXED)
    replaced_at: Mapped[datetime | None]


class Challenge(Base, OfPerson):
    """Asks for proof of a contact point. The code is derived from the id and never stored."""

    __tablename__ = "challenge"
    __table_args__ = (
        CheckConstraint("purpose IN ('confirm', 'reset', 'known', 'add')", name="purpose"),
        CheckConstraint("attempts >= 0", name="attempts"),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    contact: Mapped[str] = mapped_column(_to("contact_point.id"), info=FIXED)
    purpose: Mapped[str] = mapped_column(info=FIXED)
    """`known`: somebody signed up with a proven contact; no code fits, its owner is told."""
    made_at: Mapped[datetime] = mapped_column(info=FIXED)
    expires_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]


class PersonExport(Base, OfPerson):
    """A copy of everything held of a person, made for them. Its file goes when it expires."""

    __tablename__ = "person_export"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    asked_at: Mapped[datetime] = mapped_column(info=FIXED)
    made_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    sha256: Mapped[str | None]
    """Content hash of the file while it is kept."""
    size: Mapped[int | None]


class LoginSession(Base):
    """One signed-in browser. Not a stream: found by the hash of its token at every request."""

    __tablename__ = "login_session"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    token_hash: Mapped[str] = mapped_column(unique=True, info=FIXED)
    person: Mapped[str] = mapped_column(_to("person.id"), index=True, info=FIXED)
    created_at: Mapped[datetime] = mapped_column(info=FIXED)
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    agent: Mapped[str] = mapped_column(default="", info=FIXED)
    network: Mapped[str] = mapped_column(default="", info=FIXED)
    """The first part of the address: enough to recognise a place, too little to follow a person."""
    proven_at: Mapped[datetime | None]
    """When its holder last showed again who they are; None: not since signing in."""
    proven_factor: Mapped[str] = mapped_column(default="")
    """By which second factor that was: `app`, `recovery` or `passkey`; empty for a password."""


class AccessToken(Base, OfPerson):
    """A program's key: acts as its person, with the seats of the moment, cut to `scopes`."""

    __tablename__ = "access_token"
    __table_args__ = (CheckConstraint("expires_at > made_at", name="period"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(info=FIXED)
    shown: Mapped[str] = mapped_column(info=FIXED)
    """Its first characters, by which its owner knows it."""
    token_hash: Mapped[str] = mapped_column(unique=True, info=FIXED)
    scopes: Mapped[list[str]] = mapped_column(info=FIXED)
    made_at: Mapped[datetime] = mapped_column(info=FIXED)
    expires_at: Mapped[datetime] = mapped_column(info=FIXED)
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class KeptForm(Base):
    """What somebody sent to a step that first asks who they are: for their session, for minutes,
    shown once. Holds no password and no file. Of no stream: nothing came of it yet."""

    __tablename__ = "kept_form"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    person: Mapped[str] = mapped_column(_to("person.id"), index=True, info=FIXED)
    session: Mapped[str] = mapped_column(info=FIXED)
    path: Mapped[str] = mapped_column(info=FIXED)
    """Where it was sent to, with the prefix of its language."""
    fields: Mapped[list[list[str]]] = mapped_column(Json, info=FIXED)
    """Names and values in the order of the form."""
    made_at: Mapped[datetime] = mapped_column(info=FIXED)
    expires_at: Mapped[datetime] = mapped_column(index=True, info=FIXED)


class RequestCount(Base):
    """How many requests one token or address made in one minute. Of no stream: it is a counter."""

    __tablename__ = "request_count"
    __table_args__ = (CheckConstraint("count > 0", name="count"),)
    subject: Mapped[str] = mapped_column(primary_key=True)
    minute: Mapped[datetime] = mapped_column(primary_key=True, index=True)
    count: Mapped[int]


class Attempt(Base):
    """One try at something limited; counted by all processes alike. Holds hashes, no addresses."""

    __tablename__ = "attempt"
    __table_args__ = (
        CheckConstraint("what IN ('sign_in', 'code', 'send')", name="what"),
        Index("ix_attempt_subject", "what", "subject", "at"),
        Index("ix_attempt_origin", "what", "origin", "at"),
    )
    n: Mapped[int] = mapped_column(Seq, primary_key=True)
    what: Mapped[str]
    subject: Mapped[str]
    origin: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)


class Organisation(Base, Head):
    """The tenant: an institute, a firm, a brokerage, a provider of services, or the operator."""

    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('institute', 'firm', 'brokerage', 'provider', 'operator')", name="kind"
        ),
        CheckConstraint(
            "state IN ('applied', 'vetted', 'refused', 'suspended', 'merged')", name="state"
        ),
        CheckConstraint("(state = 'merged') = (merged_into IS NOT NULL)", name="merged"),
        CheckConstraint("decided_by IS NULL OR decided_by <> registered_by", name="two_persons"),
        Index(
            "uq_organisation_number",
            "country",
            "number",
            unique=True,
            sqlite_where=text("state IN ('vetted', 'suspended')"),
            postgresql_where=text("state IN ('vetted', 'suspended')"),
        ),
    )
    PREFIX = "organisation"
    kind: Mapped[str] = mapped_column(info=FIXED)
    state: Mapped[str] = mapped_column(default="applied", index=True)
    country: Mapped[str] = mapped_column(default="CN")
    """ISO 3166-1 alpha-2."""
    register: Mapped[str | None]
    """Name of the home register of a foreign organisation; None for a Chinese one."""
    number: Mapped[str]
    """Unified social credit code, or the number in the home register."""
    region: Mapped[str | None]
    """Code of the administrative division, for organisations in China."""
    website: Mapped[str | None]
    contact_name: Mapped[str | None]
    contact_mail: Mapped[str | None]
    contact_phone: Mapped[str | None]
    registered_by: Mapped[str | None] = mapped_column(_to("person.id"), info=FIXED)
    """None: founded by the system, which only the operator's organisation is."""
    registered_at: Mapped[datetime] = mapped_column(info=FIXED)
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None]
    """Why it was refused or suspended, for its administrators."""
    heir: Mapped[str | None]
    """Who takes over from a member who leaves without naming a colleague."""
    merged_into: Mapped[str | None] = mapped_column(_to("organisation.id"), index=True)
    """The same organisation, registered again: its people answer for this one too."""
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012


class OfOrganisation(Owned):
    """A row of an organisation's stream."""

    organisation: Mapped[str] = mapped_column(_to("organisation.id"), index=True, info=FIXED)

    @property
    def stream(self) -> str:
        return f"organisation:{self.organisation}"


class OrganisationName(Base, OfOrganisation):
    """One name per language, the original marked."""

    __tablename__ = "organisation_name"
    organisation: Mapped[str] = mapped_column(_to("organisation.id"), primary_key=True, info=FIXED)
    language: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(index=True)
    original: Mapped[bool]


class OrganisationProfile(Base, OfOrganisation):
    """What it says of itself in public, beside the entries that were vetted."""

    __tablename__ = "organisation_profile"
    organisation: Mapped[str] = mapped_column(_to("organisation.id"), primary_key=True, info=FIXED)
    intros: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    """By language."""
    fields: Mapped[list[str]]
    """Sections of the IPC."""
    ror: Mapped[str | None]
    """Its ROR ID without the address: `05dxps055`."""
    logo: Mapped[str | None]
    """Content hash of a picture in the file store."""
    edited_at: Mapped[datetime]


class OrganisationDocument(Base, OfOrganisation):
    """Evidence that the applicant handed in. Read by operators and its administrators only."""

    __tablename__ = "organisation_document"
    __table_args__ = (
        CheckConstraint("kind IN ('registration', 'authority', 'other')", name="kind"),
        CheckConstraint("size >= 0", name="size"),
        UniqueConstraint("organisation", "kind", "sha256"),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(info=FIXED)
    """`registration`: certificate of the legal person; `authority`: who may speak for it."""
    sha256: Mapped[str] = mapped_column(info=FIXED)
    name: Mapped[str] = mapped_column(info=FIXED)
    media_type: Mapped[str] = mapped_column(info=FIXED)
    size: Mapped[int] = mapped_column(BigInteger, info=FIXED)
    """In octets."""
    added_by: Mapped[str | None] = mapped_column(_to("person.id"), info=FIXED)
    added_at: Mapped[datetime] = mapped_column(info=FIXED)


class OrganisationMark(Base, OfOrganisation):
    """What an operator has verified of an organisation, by what and when; the last look counts."""

    __tablename__ = "organisation_mark"
    __table_args__ = (
        CheckConstraint("what IN ('name', 'number', 'authority')", name="what"),
        CheckConstraint(
            "source IN ('registration', 'authority', 'register', 'call')", name="source"
        ),
    )
    organisation: Mapped[str] = mapped_column(_to("organisation.id"), primary_key=True, info=FIXED)
    what: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str]
    """A kind of document, the public `register`, or a `call` to a number that is named there."""
    verified_by: Mapped[str | None] = mapped_column(_to("person.id"))
    verified_at: Mapped[datetime]


class Membership(Base, OfOrganisation):
    """A person's seat. In force from `starts_at` until `ends_at`, looked at in every request."""

    __tablename__ = "membership"
    __table_args__ = (
        Index(
            "uq_membership_open",
            "organisation",
            "person",
            unique=True,
            sqlite_where=text("ends_at IS NULL"),
            postgresql_where=text("ends_at IS NULL"),
        ),
        CheckConstraint("ends_at IS NULL OR ends_at >= starts_at", name="period"),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    person: Mapped[str] = mapped_column(_to("person.id"), index=True, info=FIXED)
    roles: Mapped[list[str]]
    title: Mapped[str | None]
    starts_at: Mapped[datetime] = mapped_column(info=FIXED)
    ends_at: Mapped[datetime | None]
    unit: Mapped[str | None] = mapped_column(_to("unit.id"), index=True)
    """The department or branch in which the person sits."""
    heir: Mapped[str | None]
    """Who takes over when a membership ends on a day that was set before."""
    handed_at: Mapped[datetime | None]
    """When the handing over of what the person answered for was begun."""

    @property
    def written(self) -> int:
        """The version of what an administrator decides."""
        return version_of(sorted(self.roles), self.title)


class Invitation(Base, OfOrganisation):
    """Whoever holds the link, whose token is derived from the id, may take the seat once."""

    __tablename__ = "invitation"
    __table_args__ = (CheckConstraint("kind IN ('mail', 'mobile')", name="kind"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(info=FIXED)
    value: Mapped[str] = mapped_column(info=FIXED)
    roles: Mapped[list[str]] = mapped_column(info=FIXED)
    language: Mapped[str] = mapped_column(info=FIXED)
    invited_by: Mapped[str | None] = mapped_column(_to("person.id"), info=FIXED)
    made_at: Mapped[datetime] = mapped_column(info=FIXED)
    expires_at: Mapped[datetime]
    accepted_by: Mapped[str | None] = mapped_column(_to("person.id"))
    accepted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class JoinRequest(Base, OfOrganisation):
    """Somebody says they belong here; the organisation's administrator answers."""

    __tablename__ = "join_request"
    __table_args__ = (
        UniqueConstraint("organisation", "person", "asked_at"),
        CheckConstraint("state IN ('open', 'accepted', 'refused')", name="state"),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    person: Mapped[str] = mapped_column(_to("person.id"), index=True, info=FIXED)
    note: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="open")
    asked_at: Mapped[datetime] = mapped_column(info=FIXED)
    answered_by: Mapped[str | None]
    answered_at: Mapped[datetime | None]


_MEASURES = ", ".join(f"'{measure}'" for measure in Measure)
_SANCTION_STATES = ", ".join(f"'{state}'" for state in SanctionState)


class Sanction(Base, Head):
    """What the operator imposed on one person or one organisation, for a time."""

    __tablename__ = "sanction"
    __table_args__ = (
        CheckConstraint(f"measure IN ({_MEASURES})", name="measure"),
        CheckConstraint(f"state IN ({_SANCTION_STATES})", name="state"),
        CheckConstraint("(person IS NULL) <> (organisation IS NULL)", name="one_subject"),
        CheckConstraint("(measure = 'warning') = (until IS NULL)", name="term"),
        Index("ix_sanction_state_until", "state", "until"),
    )
    PREFIX = "sanction"
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012
    person: Mapped[str | None] = mapped_column(_to("person.id"), index=True, info=FIXED)
    organisation: Mapped[str | None] = mapped_column(_to("organisation.id"), index=True, info=FIXED)
    measure: Mapped[str] = mapped_column(info=FIXED)
    rule: Mapped[str] = mapped_column(info=FIXED)
    """Which of the market's rules of conduct was broken: `accounts.sanctions.RULES`."""
    reason: Mapped[str]
    imposed_by: Mapped[str | None] = mapped_column(info=FIXED)
    imposed_at: Mapped[datetime] = mapped_column(info=FIXED)
    until: Mapped[datetime | None] = mapped_column(info=FIXED)
    state: Mapped[str] = mapped_column(default="in_force")
    lifted_by: Mapped[str | None]
    lifted_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="")
    """Why it was lifted."""
