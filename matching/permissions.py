"""A saved search is its owner's alone: to everybody else it does not exist."""

from __future__ import annotations

from sqlalchemy.orm import Session

from core.actor import Actor
from core.errors import Forbidden, NotFound
from matching.models import SavedSearch


def check_person(_session: Session, actor: Actor) -> None:
    """Raises Forbidden without an account."""
    if actor.kind != "person":
        raise Forbidden(do="save")


def check_own(session: Session, actor: Actor, saved_search: str) -> None:
    """Raises NotFound."""
    row = session.get(SavedSearch, saved_search)
    if row is None or actor.person is None or row.person != actor.person:
        raise NotFound(ref=f"saved_search:{saved_search}")
