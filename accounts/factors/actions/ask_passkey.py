"""A browser asks what a passkey shall sign: to be added, or to show who comes."""

from __future__ import annotations

from accounts.factors.errors import StepOver
from accounts.factors.models import SignInStep
from accounts.factors.passkeys import Purpose, new_challenge, options_to_add, options_to_use
from accounts.factors.queries import passkeys_of
from accounts.factors.rules import PASSKEY_LIFE
from accounts.models import Person
from accounts.permissions import is_person
from accounts.results import PasskeyAsked
from core.unit_of_work import UnitOfWork


def ask_passkey(
    uow: UnitOfWork, purpose: Purpose, step_hash: str = "", market: str = ""
) -> PasskeyAsked:
    """`first`: of anybody. `second`: of whom the password named, whose token hashes to `step_hash`.
    `add` and `again`: of the actor. `market` is what the device shows. Raises StepOver, Forbidden.
    """
    person: str | None = None
    if purpose == "second":
        found = uow.find(SignInStep.person, SignInStep.token_hash == step_hash)
        if not found:
            raise StepOver
        person = found[0]
    elif purpose != "first":
        uow.check(is_person)
        person = uow.actor.person
    session = uow.open()
    challenge = new_challenge(uow, purpose, person, uow.now(session), PASSKEY_LIFE)
    known = [key.credential for key in passkeys_of(session, person)] if person else []
    address = uow.ports.address
    if purpose == "add" and person is not None:
        row = session.get_one(Person, person)
        return PasskeyAsked(challenge.id, options_to_add(challenge, address, market, row, known))
    return PasskeyAsked(challenge.id, options_to_use(challenge, address, known))
