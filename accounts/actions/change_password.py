"""A person who knows the old password sets a new one."""

from __future__ import annotations

from sqlalchemy.orm import Session

from accounts.challenges import check_limits, count_attempt
from accounts.errors import WrongSignIn
from accounts.limits import fingerprint
from accounts.models import Credential, Person
from accounts.passwords import hash_password, password_problems, verify_password
from accounts.permissions import is_person
from accounts.queries import proven_contacts, seat_names
from accounts.results import TurnedAway
from accounts.sessions import current_credential, replace_credential, revoke_all
from core.actor import Actor
from core.errors import Invalid
from core.ports import Ports
from core.results import Done
from core.unit_of_work import UnitOfWork


def change_password(
    uow: UnitOfWork, old: str, new: str, keep: str | None = None, origin: str = ""
) -> Done | TurnedAway:
    """Every session but `keep` ends. Raises Invalid, TooManyAttempts."""
    uow.check(is_person)
    person = uow.actor.person or ""
    uow.check(good_password, person, new, uow.ports)
    subject = fingerprint(person)
    check_limits(uow, "sign_in", subject, origin)
    hashes = uow.find(
        Credential.hash, Credential.person == person, Credential.replaced_at.is_(None)
    )
    known = verify_password(hashes[0] if hashes else None, old)
    hashed = hash_password(new)
    at = uow.lock(Person, person)
    credential = current_credential(uow.session, person)
    if not known or credential is None or credential.hash not in hashes:
        count_attempt(uow, "sign_in", subject, origin)
        at.record("password_refused")
        return TurnedAway(WrongSignIn.code)
    replace_credential(at, hashed)
    revoke_all(at, keep)
    at.record("password_changed")
    at.fact("person.password_changed")
    return Done(person)


def good_password(
    session: Session, _actor: Actor, person: str, password: str, ports: Ports
) -> None:
    """For `uow.check`. Raises Invalid for a password that others would try first."""
    row = session.get(Person, person)
    contacts = proven_contacts(session, [person]).get(person, [])
    words = (
        tuple(point.value for point in contacts) + ports.market_names + seat_names(session, person)
    )
    if row is not None:
        words += (row.name, row.latin_name or "")
    if problems := password_problems(password, words, ports.leaked):
        raise Invalid({"password": problems})
