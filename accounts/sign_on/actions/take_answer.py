"""The provider's answer came: it is taken once, before anything is asked of the network."""

from __future__ import annotations

from sqlalchemy import select

from accounts.sign_on.errors import SignOnOver
from accounts.sign_on.models import SignOn
from core.results import Done
from core.unit_of_work import UnitOfWork


def take_answer(uow: UnitOfWork, sign_on: str, provider: str) -> Done:
    """The ref is the purpose. Two answers side by side: the row is held, one of them is late.
    Raises SignOnOver, also where the journey went to another provider or is another person's."""
    session = uow.open()
    held = select(SignOn).where(SignOn.id == sign_on).with_for_update()
    row, now = session.scalars(held).one_or_none(), uow.now(session)
    if row is None or row.used_at is not None or row.expires_at <= now or row.provider != provider:
        raise SignOnOver
    if row.purpose != "enter" and row.person != uow.actor.person:
        raise SignOnOver
    row.used_at = now
    return Done(row.purpose)
