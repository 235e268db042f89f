"""Tables of signing on through others. A provider's secret is sealed; nothing else is secret."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, false, text
from sqlalchemy.orm import Mapped, mapped_column

from accounts.models import OfOrganisation, OfPerson
from core.columns import FIXED
from core.ids import new_id
from core.models import Base

_IN_USE = text("state = 'approved'")
_IN_FORCE = text("linked_at IS NOT NULL AND removed_at IS NULL")


class IdentityProvider(Base, OfOrganisation):
    """An OpenID provider that an administrator named and an operator approved. Never edited: what
    changes is a new row, and approving it ends the one before."""

    __tablename__ = "identity_provider"
    __table_args__ = (
        CheckConstraint("state IN ('proposed', 'approved', 'refused', 'ended')", name="state"),
        CheckConstraint("joins IN ('ask', 'grant')", name="joins"),
        CheckConstraint("decided_by IS NULL OR decided_by <> proposed_by", name="two_persons"),
        Index(
            "uq_identity_provider_in_use",
            "organisation",
            unique=True,
            sqlite_where=_IN_USE,
            postgresql_where=_IN_USE,
        ),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    issuer: Mapped[str] = mapped_column(info=FIXED, index=True)
    client: Mapped[str] = mapped_column(info=FIXED)
    """What the provider calls this market (`client_id`)."""
    secret: Mapped[str]
    """Sealed under the installation's secret (`keeping.py`); emptied when the row is over."""
    joins: Mapped[str] = mapped_column(info=FIXED)
    """What signing on through it earns: `ask` for a seat, or be `grant`ed the smallest one."""
    state: Mapped[str] = mapped_column(default="proposed")
    proposed_by: Mapped[str | None] = mapped_column(info=FIXED)
    proposed_at: Mapped[datetime] = mapped_column(info=FIXED)
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None]


class OrganisationDomain(Base, OfOrganisation):
    """A domain whose mail addresses belong to the organisation, once an operator confirmed it."""

    __tablename__ = "organisation_domain"
    __table_args__ = (
        CheckConstraint("state IN ('claimed', 'confirmed', 'refused', 'ended')", name="state"),
        CheckConstraint("joins IN ('ask', 'grant')", name="joins"),
        CheckConstraint("decided_by IS NULL OR decided_by <> claimed_by", name="two_persons"),
        Index(
            "uq_organisation_domain_confirmed",
            "domain",
            unique=True,
            sqlite_where=text("state = 'confirmed'"),
            postgresql_where=text("state = 'confirmed'"),
        ),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    domain: Mapped[str] = mapped_column(info=FIXED, index=True)
    joins: Mapped[str] = mapped_column(info=FIXED)
    state: Mapped[str] = mapped_column(default="claimed")
    claimed_by: Mapped[str | None] = mapped_column(info=FIXED)
    claimed_at: Mapped[datetime] = mapped_column(info=FIXED)
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    evidence: Mapped[str | None]
    """How the operator saw that the domain is theirs, or why it was refused."""


class LinkedIdentity(Base, OfPerson):
    """Somebody whom a provider knows is this person. Only the person's own proof makes one."""

    __tablename__ = "linked_identity"
    __table_args__ = (
        Index(
            "uq_linked_identity_subject",
            "issuer",
            "subject",
            unique=True,
            sqlite_where=_IN_FORCE,
            postgresql_where=_IN_FORCE,
        ),
        Index(
            "uq_linked_identity_person",
            "person",
            "issuer",
            unique=True,
            sqlite_where=_IN_FORCE,
            postgresql_where=_IN_FORCE,
        ),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    issuer: Mapped[str] = mapped_column(info=FIXED)
    subject: Mapped[str] = mapped_column(info=FIXED)
    """How the provider calls the person; never their mail address, which others may get later."""
    orcid: Mapped[bool] = mapped_column(default=False, server_default=false(), info=FIXED)
    """The subject is an ORCID iD, shown on the person's results."""
    made_at: Mapped[datetime] = mapped_column(info=FIXED)
    linked_at: Mapped[datetime | None]
    """None: a new account that waits for the proof of its contact."""
    used_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]


class SignOn(Base):
    """One journey to a provider and back. Of no stream: a stranger may begin one.

    State, nonce and PKCE verifier are derived from the id (`Codes.derived`), so that nothing
    secret lies here.
    """

    __tablename__ = "sign_on"
    __table_args__ = (
        CheckConstraint("purpose IN ('enter', 'link', 'again')", name="purpose"),
        CheckConstraint("(person IS NULL) = (purpose = 'enter')", name="whose"),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    provider: Mapped[str] = mapped_column(info=FIXED)
    """Id of an identity provider, or `orcid`."""
    purpose: Mapped[str] = mapped_column(info=FIXED)
    person: Mapped[str | None] = mapped_column(
        ForeignKey("person.id", deferrable=True, initially="DEFERRED"), index=True, info=FIXED
    )
    target: Mapped[str] = mapped_column(default="", info=FIXED)
    """The page to come back to."""
    made_at: Mapped[datetime] = mapped_column(info=FIXED, index=True)
    expires_at: Mapped[datetime] = mapped_column(info=FIXED)
    used_at: Mapped[datetime | None]
    """When the answer came: a second one with the same state is refused."""
    subject: Mapped[str | None]
    """Whom the provider named, where no account is linked to them yet."""
    name: Mapped[str | None]
    done_at: Mapped[datetime | None]
    """When an account was made of it."""
