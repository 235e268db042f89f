"""Somebody sets out to a provider."""

from __future__ import annotations

from typing import Literal

from accounts.permissions import is_person
from accounts.sign_on.models import SignOn
from accounts.sign_on.rules import SIGN_ON_LIFE
from core.ids import new_id
from core.results import Done
from core.unit_of_work import UnitOfWork

Purpose = Literal["enter", "link", "again"]
_LONGEST_TARGET = 500


def begin_sign_on(uow: UnitOfWork, provider: str, purpose: Purpose, target: str = "") -> Done:
    """The ref is the journey; the browser keeps it, so that no other can bring the answer.
    `link` and `again` are for the actor's own account. Raises Forbidden."""
    if purpose != "enter":
        uow.check(is_person)
    now = uow.now(uow.open())
    row = SignOn(
        id=new_id(),
        provider=provider,
        purpose=purpose,
        person=None if purpose == "enter" else uow.actor.person,
        target=target if len(target) <= _LONGEST_TARGET else "",
        made_at=now,
        expires_at=now + SIGN_ON_LIFE,
    )
    uow.add(row)
    return Done(row.id)
