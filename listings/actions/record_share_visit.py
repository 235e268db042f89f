"""Write down that somebody came through a share link."""

from __future__ import annotations

from sqlalchemy import select

from core.errors import NotFound
from core.results import Done
from core.unit_of_work import UnitOfWork
from listings.models import ShareLink, ShareVisit


def record_share_visit(uow: UnitOfWork, code: str, visitor: str | None = None) -> Done:
    """Answers with the Ref to go to. `visitor` is a salted hash, never an address. Append-only."""
    found = uow.find(ShareLink.ref, ShareLink.code == code)
    if not found:
        raise NotFound(ref=code)
    session = uow.open()
    latest = session.scalar(
        select(ShareVisit.visitor)
        .where(ShareVisit.code == code)
        .order_by(ShareVisit.n.desc())
        .limit(1)
    )
    if visitor is None or latest != visitor:  # reloading the page is not another visit
        uow.add(
            ShareVisit(code=code, visitor=visitor, person=uow.actor.person, at=uow.now(session))
        )
    return Done(found[0])
