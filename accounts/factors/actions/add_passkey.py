"""A device made a passkey: from now on signing in takes two proofs, or this one."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers.structs import CredentialDeviceType

from accounts.factors.errors import PasskeyRefused, TooManyPasskeys
from accounts.factors.models import Passkey
from accounts.factors.passkeys import PasskeyAnswer, read_new
from accounts.factors.proving import new_codes
from accounts.factors.queries import has_factor, passkeys_of
from accounts.factors.rules import MOST_PASSKEYS, passkey_name_problems
from accounts.models import Person
from accounts.permissions import is_person
from accounts.results import CodesMade, TurnedAway
from accounts.sessions import revoke_all
from core.actor import Actor
from core.errors import Invalid
from core.ids import new_id
from core.unit_of_work import UnitOfWork


def add_passkey(
    uow: UnitOfWork, answer: PasskeyAnswer, name: str, keep: str | None = None
) -> CodesMade | TurnedAway:
    """With the first factor come recovery codes, so that a passkey is never all there is; every
    session but `keep` ends then. Raises Invalid, TooManyPasskeys.
    """
    uow.check(is_person)
    uow.check(good_name, name)
    at = uow.lock(Person, uow.actor.person or "")
    if len(passkeys_of(uow.session, at.row.id)) >= MOST_PASSKEYS:
        raise TooManyPasskeys(most=MOST_PASSKEYS)
    made = read_new(at, answer)
    if made is None or _is_known(uow.session, bytes_to_base64url(made.credential_id)):
        at.record("passkey_refused")
        return TurnedAway(PasskeyRefused.code)
    had = has_factor(uow.session, at.row.id)
    row = Passkey(
        id=new_id(),
        person=at.row.id,
        credential=bytes_to_base64url(made.credential_id),
        public_key=bytes_to_base64url(made.credential_public_key),
        synced=made.credential_device_type == CredentialDeviceType.MULTI_DEVICE,
        name=name.strip(),
        counter=made.sign_count,
        made_at=at.now,
    )
    at.add(row)
    codes = [] if had else new_codes(at)
    if not had:
        revoke_all(at, keep)
    at.record("passkey_added", passkey=row.id)
    at.fact("person.factors_changed")
    return CodesMade(codes)


def _is_known(session: Session, credential: str) -> bool:
    return session.scalar(select(Passkey.id).where(Passkey.credential == credential)) is not None


def good_name(_session: Session, _actor: Actor, name: str) -> None:
    """For `uow.check`. Raises Invalid."""
    if problems := passkey_name_problems(name):
        raise Invalid({"name": problems})
