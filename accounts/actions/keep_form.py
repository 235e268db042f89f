"""What was typed waits while its sender shows again who they are."""

from __future__ import annotations

from sqlalchemy import or_, select

from accounts.models import KeptForm
from accounts.permissions import is_person
from accounts.rules import FORM_LIFE
from core.ids import new_id
from core.results import Done
from core.unit_of_work import UnitOfWork

_SWEPT_AT_ONCE = 100


def keep_form(uow: UnitOfWork, session: str, path: str, fields: list[list[str]]) -> Done:
    """For this session of the actor, until `take_form`, the next one, or the end of `FORM_LIFE`;
    others whose time is over go too."""
    uow.check(is_person)
    writing = uow.open()
    now = uow.now(writing)
    gone = or_(KeptForm.session == session, KeptForm.expires_at <= now)
    over = select(KeptForm).where(gone).limit(_SWEPT_AT_ONCE)
    for old in writing.scalars(over):
        writing.delete(old)
    row = KeptForm(
        id=new_id(),
        person=uow.actor.person,
        session=session,
        path=path,
        fields=fields,
        made_at=now,
        expires_at=now + FORM_LIFE,
    )
    uow.add(row)
    return Done(row.id)
