"""What was typed before its sender showed who they are comes back, once."""

from __future__ import annotations

from sqlalchemy import select

from accounts.errors import KeptFormGone
from accounts.models import KeptForm
from accounts.permissions import is_person
from accounts.results import FormTaken
from core.unit_of_work import UnitOfWork


def take_form(uow: UnitOfWork, form: str, session: str) -> FormTaken:
    """Only in the session that it was kept for. Raises KeptFormGone."""
    uow.check(is_person)
    writing = uow.open()
    mine = KeptForm.id == form, KeptForm.session == session, KeptForm.person == uow.actor.person
    row = writing.scalars(select(KeptForm).where(*mine).with_for_update()).one_or_none()
    if row is None or row.expires_at <= uow.now(writing):
        raise KeptFormGone
    taken = FormTaken(row.path, row.fields)
    writing.delete(row)
    return taken
