"""What the page of one's own data shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.erasing import obstacles
from accounts.models import Person, PersonExport
from core.actor import Actor
from core.errors import NotFound
from core.holdings import Holdings, Obstacle


@dataclass(frozen=True)
class PrivacyPage:
    exports: list[PersonExport]
    erase_after: datetime | None
    obstacles: list[Obstacle]

    @property
    def making(self) -> bool:
        return any(export.made_at is None for export in self.exports)


def privacy_page(session: Session, holdings: Holdings, actor: Actor, now: datetime) -> PrivacyPage:
    """The actor's own; raises NotFound for anybody else."""
    row = session.get(Person, actor.person) if actor.person else None
    if row is None:
        raise NotFound
    exports = session.scalars(
        select(PersonExport)
        .where(PersonExport.person == row.id)
        .order_by(PersonExport.asked_at.desc())
        .limit(10)
    )
    return PrivacyPage(list(exports), row.erase_after, obstacles(session, holdings, row.id, now))


def own_export(session: Session, actor: Actor, export: str, now: datetime) -> PersonExport:
    """A file that the actor asked for and that is still kept. Raises NotFound."""
    row = session.get(PersonExport, export)
    if row is None or row.person != actor.person or row.sha256 is None:
        raise NotFound
    if row.expires_at is None or row.expires_at <= now:
        raise NotFound
    return row
