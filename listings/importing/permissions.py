"""Who may import into an organisation: those who may publish for it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from core.actor import Actor
from core.errors import Forbidden
from listings.importing.errors import ImportNotFound
from listings.importing.models import Import
from listings.permissions import OFFICERS


def may(actor: Actor, owner_org: str) -> bool:
    """May the actor upload, check and run imports of this organisation, and read them?"""
    return actor.kind == "system" or bool(actor.roles_in(owner_org) & OFFICERS)


def check_may_import(session: Session, actor: Actor, owner_org: str) -> None:  # noqa: ARG001
    """For `uow.check`; needs no row, since seats come with the actor."""
    if not may(actor, owner_org):
        raise Forbidden(do="import")


def check_may_work_on(session: Session, actor: Actor, import_id: str) -> None:
    """For `uow.check`: strangers are not told that the import exists."""
    row = session.get(Import, import_id)
    if row is None or not may(actor, row.owner_org):
        raise ImportNotFound(ref=f"import:{import_id}")
