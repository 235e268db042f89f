"""The code came back together with a new password."""

from __future__ import annotations

from sqlalchemy.orm import Session

from accounts.actions.change_password import good_password
from accounts.challenges import answer_challenge
from accounts.passwords import hash_password, password_problems
from accounts.results import TurnedAway
from accounts.sessions import replace_credential, revoke_all
from core.actor import Actor
from core.errors import Invalid
from core.ports import PasswordCheck
from core.results import Done
from core.unit_of_work import UnitOfWork


def finish_reset(
    uow: UnitOfWork, challenge: str, code: str, password: str, origin: str = ""
) -> Done | TurnedAway:
    """Sets the password and ends every session; the person signs in anew, with the second factor
    as ever. Raises Invalid, TooManyAttempts."""
    uow.check(_good, password, uow.ports.leaked)
    hashed = hash_password(password)
    answered = answer_challenge(uow, challenge, "reset", code, origin)
    if isinstance(answered, TurnedAway):
        return answered
    at, _ = answered
    good_password(uow.session, uow.actor, at.row.id, password, uow.ports)
    replace_credential(at, hashed)
    revoke_all(at)
    at.record("password_reset", challenge=challenge)
    at.fact("person.password_changed")
    return Done(at.row.id)


def _good(_session: Session, _actor: Actor, password: str, leaked: PasswordCheck) -> None:
    if problems := password_problems(password, leaked=leaked):
        raise Invalid({"password": problems})
