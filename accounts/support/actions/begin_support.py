"""An operator takes up the code that a person has read out."""

from __future__ import annotations

from accounts.codes import hash_token
from accounts.models import Person
from accounts.permissions import may_operate
from accounts.queries import load_actor
from accounts.support.errors import NoSupportOfOperators, SupportCodeWrong
from accounts.support.models import SupportGrant
from accounts.support.rules import LOOK, read_code
from core.results import Done, Refusal
from core.unit_of_work import UnitOfWork


def begin_support(uow: UnitOfWork, typed: str) -> Done | Refusal:
    """It serves this operator alone, for half an hour, and reads only. A code that does not serve
    is refused, and written down: SupportCodeWrong, NoSupportOfOperators. Raises NotFound."""
    uow.check(may_operate)
    found = uow.find(SupportGrant.id, SupportGrant.code_hash == hash_token(read_code(typed)))
    if not found:
        own = uow.lock(Person, uow.actor.person or "")
        own.record("support_refused", code=SupportCodeWrong.code)
        return Refusal(SupportCodeWrong.code)
    at = uow.lock(SupportGrant, found[0])
    row, refused = at.row, ""
    seen = load_actor(uow.session, row.person, at.now)
    if row.operator is not None or row.ended_at is not None or row.code_until <= at.now:
        refused = SupportCodeWrong.code
    elif row.person == uow.actor.person or seen.has("operator") or seen.has("auditor"):
        refused = NoSupportOfOperators.code
    if refused:
        at.record("support_refused", code=refused, operator=uow.actor.person)
        return Refusal(refused)
    row.operator, row.begun_at, row.until = uow.actor.person, at.now, at.now + LOOK
    at.record("support_begun", person=row.person, operator=uow.actor.person)
    at.fact("support.begun")
    return Done(row.id)
