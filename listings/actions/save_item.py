"""Keep a listing or need on one's own list, or take it off again."""

from __future__ import annotations

from sqlalchemy.orm import Session

from accounts.models import Person
from core.actor import Actor
from core.errors import Forbidden, NotFound
from core.ids import split_ref
from core.results import Done
from core.unit_of_work import UnitOfWork
from listings.models import SavedItem
from listings.permissions import Do, check_may, check_may_need


def save_item(uow: UnitOfWork, ref: str, *, keep: bool = True, note: str = "") -> Done:
    """Saving twice is saving once. Raises Forbidden without an account, NotFound."""
    uow.check(_check_readable, ref, keep)
    person = uow.actor.person or ""
    at = uow.lock(Person, person)
    row = uow.session.get(SavedItem, (person, ref))
    if keep and row is None:
        at.add(SavedItem(person=person, ref=ref, saved_at=at.now, note=note.strip()))
        at.record("saved", ref=ref)
    elif keep and row is not None and row.note != note.strip():
        row.note = note.strip()
        at.record("saved", ref=ref)
    elif not keep and row is not None:
        at.remove(row)
        at.record("unsaved", ref=ref)
    return Done(ref)


def _check_readable(session: Session, actor: Actor, ref: str, keep: bool) -> None:
    if actor.kind != "person":
        raise Forbidden(do="save")
    kind, id = split_ref(ref)
    if not keep:
        return  # what is no longer readable can still be taken off one's list
    if kind == "listing":
        check_may(session, actor, id, Do.READ)
    elif kind == "need":
        check_may_need(session, actor, id, Do.READ)
    else:
        raise NotFound(ref=ref)
