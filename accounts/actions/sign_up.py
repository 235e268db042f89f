"""Somebody wants an account."""

from __future__ import annotations

from sqlalchemy.orm import Session

from accounts.challenges import ask_for_proof, check_limits, count_attempt, need_contact, owner_of
from accounts.consents.saying import consent_to_all
from accounts.limits import fingerprint
from accounts.models import ContactPoint, Credential, Person
from accounts.passwords import hash_password, password_problems
from accounts.rules import UNPROVEN_LIFE, name_problems
from core.actor import Actor
from core.errors import Invalid
from core.ids import new_id
from core.ports import Ports
from core.results import Done
from core.unit_of_work import UnitOfWork


def sign_up(
    uow: UnitOfWork,
    contact: str,
    name: str,
    password: str,
    language: str = "zh",
    latin_name: str = "",
    origin: str = "",
) -> Done:
    """The ref is a challenge to be answered with the code that goes to the contact.

    The same answer, after the same work, when somebody has proven this contact already: then its
    owner gets a letter that says so. Raises Invalid, TooManyAttempts.
    """
    found = need_contact(contact)
    uow.check(_well_filled, name, password, found.value, uow.ports)
    subject = fingerprint(found.value)
    check_limits(uow, "send", subject, origin)
    owner = owner_of(uow, found)
    hashed = hash_password(password)
    if owner is not None:
        at, point = uow.lock(Person, owner[0]), owner[1]
        challenge = ask_for_proof(at, point, "known")
        at.record("sign_up_repeated", challenge=challenge)
    else:
        at = uow.create(
            Person(
                name=name.strip(),
                latin_name=latin_name.strip() or None,
                language=language,
                created_at=uow.now(uow.open()),
            )
        )
        point = new_id()
        at.add(ContactPoint(id=point, person=at.row.id, kind=found.kind, value=found.value))
        at.add(Credential(person=at.row.id, hash=hashed, made_at=at.now))
        challenge = ask_for_proof(at, point, "confirm")
        consent_to_all(at)
        at.timer("unproven", at.now + UNPROVEN_LIFE)
        at.record("signed_up", challenge=challenge)
    count_attempt(uow, "send", subject, origin)
    return Done(challenge)


def _well_filled(
    _session: Session, _actor: Actor, name: str, password: str, contact: str, ports: Ports
) -> None:
    words = (name, contact, *ports.market_names)
    in_password = password_problems(password, words, ports.leaked)
    problems = {"name": name_problems(name), "password": in_password}
    if wrong := {field: found for field, found in problems.items() if found}:
        raise Invalid(wrong)
