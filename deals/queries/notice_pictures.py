"""Pictures of a deal's notice in the owner's own unit, as the deal's room shows them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.actor import Actor
from core.errors import NotFound
from deals.engine.declaration import Side
from deals.models import Deal, NoticePosting, PublicNotice
from deals.permissions import Do, check_deal, deal_facts, side_of


def deal_of_notice(
    session: Session, actor: Actor, deal: str
) -> tuple[Deal, PublicNotice, Side | None]:
    """The deal, its notice and the reader's side. Raises NotFound, also without a notice."""
    check_deal(session, actor, deal, Do.READ)
    row = session.get_one(Deal, deal)
    notice = session.get(PublicNotice, row.notice) if row.notice else None
    if notice is None:
        raise NotFound(ref=f"deal:{deal}")
    return row, notice, side_of(actor, deal_facts(row))


def pictures_of(session: Session, notice: str) -> Sequence[NoticePosting]:
    """In the order in which they were shown."""
    p = NoticePosting
    return session.scalars(select(p).where(p.notice == notice).order_by(p.at, p.id)).all()


def picture_of(session: Session, actor: Actor, deal: str, picture: str) -> NoticePosting:
    """One picture of the deal's notice. Raises NotFound, also for another notice's."""
    _deal, notice, _side = deal_of_notice(session, actor, deal)
    row = session.get(NoticePosting, picture)
    if row is None or row.notice != notice.id:
        raise NotFound(ref=picture)
    return row
