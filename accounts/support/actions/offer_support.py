"""A person lets an operator look at their pages: by a code, to be read out to one of them."""

from __future__ import annotations

from accounts.codes import hash_token
from accounts.permissions import is_person
from accounts.results import CodesMade
from accounts.support.errors import NoSupportOfOperators
from accounts.support.models import SupportGrant
from accounts.support.rules import CODE_LIFE, new_code
from core.errors import Forbidden
from core.unit_of_work import UnitOfWork


def offer_support(uow: UnitOfWork) -> CodesMade:
    """Answers the code, once. Raises Forbidden, NoSupportOfOperators."""
    uow.check(is_person)
    if uow.actor.person is None:
        raise Forbidden
    if uow.actor.has("operator") or uow.actor.has("auditor"):
        raise NoSupportOfOperators
    code, now = new_code(), uow.now(uow.open())
    at = uow.create(
        SupportGrant(
            person=uow.actor.person, code_hash=hash_token(code), made_at=now,
            code_until=now + CODE_LIFE,
        )
    )  # fmt: skip
    at.record("support_offered", person=uow.actor.person)
    return CodesMade([code])
