"""A contact and a password open a session, or the way to the second proof."""

from __future__ import annotations

from accounts.challenges import check_limits, count_attempt, owner_of, refuse_exceeded
from accounts.contacts import read_contact
from accounts.errors import WrongSignIn
from accounts.factors.models import SignInStep
from accounts.factors.queries import has_factor
from accounts.factors.rules import STEP_LIFE
from accounts.limits import fingerprint
from accounts.models import Credential, Person
from accounts.passwords import verify_password
from accounts.results import SecondNeeded, SessionOpened, TurnedAway
from accounts.sessions import current_credential, open_session
from accounts.states import PersonState
from core.unit_of_work import At, UnitOfWork


def sign_in(
    uow: UnitOfWork,
    contact: str,
    password: str,
    token_hash: str,
    agent: str = "",
    origin: str = "",
    network: str = "",
) -> SessionOpened | SecondNeeded | TurnedAway:
    """The same answer, after the same slow hash, for an unknown contact and a wrong password.

    `token_hash` is of a fresh token, so a session never outlives a sign-in; where a second factor
    is set up, that token opens nothing but `finish_sign_in`. Limits are counted
    again under the person's lock: guesses sent side by side gain nothing. Raises TooManyAttempts.
    """
    found = read_contact(contact)
    subject = fingerprint(found.value if found else contact.strip().lower())
    check_limits(uow, "sign_in", subject, origin)
    owner = owner_of(uow, found) if found else None
    person = owner[0] if owner else ""
    hashes = uow.find(
        Credential.hash, Credential.person == person, Credential.replaced_at.is_(None)
    )
    good = verify_password(hashes[0] if hashes else None, password)
    if not person:
        count_attempt(uow, "sign_in", subject, origin)
        return TurnedAway(WrongSignIn.code)
    at = uow.lock(Person, person)
    refuse_exceeded(uow.session, "sign_in", subject, origin, at.now)
    credential = current_credential(uow.session, person)
    still = credential is not None and credential.hash in hashes
    if not (good and still and at.row.state == PersonState.ACTIVE):
        count_attempt(uow, "sign_in", subject, origin)
        at.record("sign_in_refused")
        return TurnedAway(WrongSignIn.code)
    if has_factor(uow.session, person):
        return _half(at, token_hash)
    session = open_session(at, token_hash, agent, network)
    at.record("signed_in", session=session.id)
    return SessionOpened(session.id, person)


def _half(at: At[Person], token_hash: str) -> SecondNeeded:
    at.add(
        SignInStep(
            token_hash=token_hash,
            person=at.row.id,
            made_at=at.now,
            expires_at=at.now + STEP_LIFE,
        )
    )
    at.record("password_fits")
    return SecondNeeded(at.row.id)
