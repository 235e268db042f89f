"""Having a passkey sign, and judging what came back (W3C Web Authentication, level 3).

The challenge is a row: it serves one purpose of one person, once, for five minutes. What is signed
names the market's own address, so a page that imitates it gets nothing that is worth anything here.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal
from urllib.parse import urlsplit

import webauthn
from sqlalchemy import select
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from accounts.factors.models import Passkey, PasskeyChallenge
from accounts.models import Person
from core.errors import NotFound
from core.ids import new_id
from core.unit_of_work import At, UnitOfWork

Purpose = Literal["add", "first", "second", "again"]
PURPOSES: Final[tuple[Purpose, ...]] = ("add", "first", "second", "again")
_KEPT: Final = timedelta(hours=1)
_SWEPT_AT_ONCE: Final = 100
_MALFORMED: Final = (WebAuthnException, ValueError, TypeError, LookupError, AttributeError)
"""What the library raises for an answer that no browser gives; anybody may send anything."""


@dataclass(frozen=True)
class PasskeyAnswer:
    """What the browser sent: the challenge that its cookie names, and the signed JSON."""

    challenge: str
    said: str


def where_we_are(address: str) -> tuple[str, str]:
    """(relying party's id, origin) of the market's address."""
    parts = urlsplit(address)
    return parts.hostname or "", f"{parts.scheme}://{parts.netloc}"


def new_challenge(
    uow: UnitOfWork, purpose: Purpose, person: str | None, now: datetime, life: timedelta
) -> PasskeyChallenge:
    """A row in the writing session; old ones go when new ones come."""
    c = PasskeyChallenge
    old = select(c).where(c.made_at < now - _KEPT).limit(_SWEPT_AT_ONCE)
    for row in uow.session.scalars(old):
        uow.session.delete(row)
    row = PasskeyChallenge(
        id=new_id(),
        purpose=purpose,
        person=person,
        signs=bytes_to_base64url(secrets.token_bytes(32)),
        made_at=now,
        expires_at=now + life,
    )
    uow.add(row)
    return row


def options_to_add(
    challenge: PasskeyChallenge, address: str, market: str, person: Person, known: Iterable[str]
) -> str:
    """JSON for `navigator.credentials.create`. The device keeps the person's id, and no contact."""
    options = webauthn.generate_registration_options(
        rp_id=where_we_are(address)[0],
        rp_name=market or where_we_are(address)[0],
        user_id=person.id.encode(),
        user_name=person.name,
        user_display_name=person.latin_name or person.name,
        challenge=base64url_to_bytes(challenge.signs),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
        exclude_credentials=_named(known),
    )
    return webauthn.options_to_json(options)


def options_to_use(challenge: PasskeyChallenge, address: str, known: Iterable[str]) -> str:
    """JSON for `navigator.credentials.get`. Alone, a passkey counts as two proofs only where the
    device verifies its holder; beside a password the touch is enough."""
    alone = challenge.purpose in {"first", "again"}
    wanted = UserVerificationRequirement
    options = webauthn.generate_authentication_options(
        rp_id=where_we_are(address)[0],
        challenge=base64url_to_bytes(challenge.signs),
        allow_credentials=_named(known),
        user_verification=wanted.REQUIRED if alone else wanted.DISCOURAGED,
    )
    return webauthn.options_to_json(options)


def _named(known: Iterable[str]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in known]


def credential_in(said: str) -> str:
    """The name of the key that an answer claims to be of; empty where it says none."""
    try:
        parsed = webauthn.helpers.parse_authentication_credential_json(said)
    except (*_MALFORMED, RecursionError):
        return ""
    return bytes_to_base64url(parsed.raw_id)


def take_challenge(at: At[Person], answer: PasskeyAnswer, purpose: Purpose) -> str:
    """What was to be signed, which no answer may show again; "" where there is no such challenge.

    Rows of nobody are held too, since two people's locks do not keep each other out.
    """
    c = PasskeyChallenge
    where = c.id == answer.challenge, c.purpose == purpose
    row = at.uow.session.scalars(select(c).where(*where).with_for_update()).one_or_none()
    if row is None or row.used_at is not None or row.expires_at <= at.now:
        return ""
    if row.person is not None and row.person != at.row.id:
        return ""
    row.used_at = at.now
    return row.signs


def use_passkey(at: At[Person], answer: PasskeyAnswer, purpose: Purpose) -> Passkey | None:
    """The passkey of the locked person that signed, or None; its counter moves on."""
    signs = take_challenge(at, answer, purpose)
    k = Passkey
    where = k.person == at.row.id, k.credential == credential_in(answer.said)
    row = at.uow.session.scalars(select(k).where(*where, k.removed_at.is_(None))).one_or_none()
    if not signs or row is None:
        return None
    party, origin = where_we_are(at.uow.ports.address)
    try:
        verified = webauthn.verify_authentication_response(
            credential=answer.said,
            expected_challenge=base64url_to_bytes(signs),
            expected_rp_id=party,
            expected_origin=origin,
            credential_public_key=base64url_to_bytes(row.public_key),
            credential_current_sign_count=row.counter,
            require_user_verification=purpose in {"first", "again"},
        )
    except (*_MALFORMED, RecursionError):
        return None
    row.counter, row.used_at = verified.new_sign_count, at.now
    return row


def read_new(at: At[Person], answer: PasskeyAnswer) -> VerifiedRegistration | None:
    """The key that a device has just made for this challenge, or None."""
    signs = take_challenge(at, answer, "add")
    party, origin = where_we_are(at.uow.ports.address)
    if not signs:
        return None
    try:
        return webauthn.verify_registration_response(
            credential=answer.said,
            expected_challenge=base64url_to_bytes(signs),
            expected_rp_id=party,
            expected_origin=origin,
        )
    except (*_MALFORMED, RecursionError):
        return None


def own_passkey(at: At[Person], passkey: str) -> Passkey:
    """One of the locked person's that serves. Raises NotFound."""
    where = Passkey.id == passkey, Passkey.person == at.row.id, Passkey.removed_at.is_(None)
    row = at.uow.session.scalars(select(Passkey).where(*where)).one_or_none()
    if row is None:
        raise NotFound
    return row
