"""Tables of second factors. No secret is stored: those of apps are derived, the rest are hashes and
public keys."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from accounts.models import OfPerson
from core.columns import FIXED
from core.ids import new_id
from core.models import Base


class Authenticator(Base, OfPerson):
    """An app that shows six digits. Its secret is derived from the id (`Codes.app_secret`)."""

    __tablename__ = "authenticator"
    __table_args__ = (
        Index(
            "uq_authenticator_in_force",
            "person",
            unique=True,
            sqlite_where=text("proven_at IS NOT NULL AND removed_at IS NULL"),
            postgresql_where=text("proven_at IS NOT NULL AND removed_at IS NULL"),
        ),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    made_at: Mapped[datetime] = mapped_column(info=FIXED)
    proven_at: Mapped[datetime | None]
    """None: shown to the person, who has not yet typed a code of it."""
    removed_at: Mapped[datetime | None]
    last_step: Mapped[int] = mapped_column(default=0)
    """The newest step of thirty seconds that was used: no code serves twice."""


class RecoveryCode(Base, OfPerson):
    """Serves once in place of a factor. The code itself was shown once; this is its keyed hash."""

    __tablename__ = "recovery_code"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    hash: Mapped[str] = mapped_column(info=FIXED)
    made_at: Mapped[datetime] = mapped_column(info=FIXED)
    used_at: Mapped[datetime | None]
    """Also when it was replaced by a new set."""


class Passkey(Base, OfPerson):
    """A key pair that the person's device or password manager keeps; this is its public half."""

    __tablename__ = "passkey"
    __table_args__ = (CheckConstraint("counter >= 0", name="counter"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    credential: Mapped[str] = mapped_column(unique=True, info=FIXED)
    """How the device calls it, in base64url."""
    public_key: Mapped[str] = mapped_column(info=FIXED)
    """COSE (RFC 9052), in base64url."""
    synced: Mapped[bool] = mapped_column(info=FIXED)
    """May be carried to the person's other devices."""
    name: Mapped[str]
    counter: Mapped[int] = mapped_column(BigInteger)
    """How often it has signed, as the device counts; a copy falls behind. Many say always 0."""
    made_at: Mapped[datetime] = mapped_column(info=FIXED)
    used_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]


class PasskeyChallenge(Base):
    """What a browser has a passkey sign: for one purpose, once. Of no stream: a stranger may ask.

    Of nobody (`person` is None) where the passkey itself says who comes.
    """

    __tablename__ = "passkey_challenge"
    __table_args__ = (
        CheckConstraint("purpose IN ('add', 'first', 'second', 'again')", name="purpose"),
        CheckConstraint("(person IS NULL) = (purpose = 'first')", name="whose"),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    purpose: Mapped[str] = mapped_column(info=FIXED)
    person: Mapped[str | None] = mapped_column(
        ForeignKey("person.id", deferrable=True, initially="DEFERRED"), index=True, info=FIXED
    )
    signs: Mapped[str] = mapped_column(info=FIXED)
    """The random octets to be signed, in base64url."""
    made_at: Mapped[datetime] = mapped_column(info=FIXED, index=True)
    expires_at: Mapped[datetime] = mapped_column(info=FIXED)
    used_at: Mapped[datetime | None]


class SignInStep(Base, OfPerson):
    """The password was right and a second factor is asked for. It opens nothing."""

    __tablename__ = "sign_in_step"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    token_hash: Mapped[str] = mapped_column(unique=True, info=FIXED)
    made_at: Mapped[datetime] = mapped_column(info=FIXED)
    expires_at: Mapped[datetime] = mapped_column(info=FIXED)
    used_at: Mapped[datetime | None]
