"""What of deals keeps a person from being erased."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.holdings import Obstacle
from core.i18n import N_
from deals.models import Deal, Objection, PublicNotice
from deals.modes import MODES


def running_duties(session: Session, person: str, _now: datetime) -> Iterator[Obstacle]:
    """A deal in one's own name goes to no colleague: it must end first. An objection stays with
    its notice until that has ended."""
    ended = {state.code for mode in MODES.values() for state in mode.states if state.ended}
    own = Deal.buyer_person == person, Deal.buyer_org.is_(None), Deal.state.not_in(ended)
    for deal in session.scalars(select(Deal).where(*own).order_by(Deal.id)):
        notice = session.get(PublicNotice, deal.notice) if deal.notice else None
        running = notice is not None and notice.state == "running"
        yield (
            N_("You are a party to a deal that has not ended."),
            notice.last_day if notice is not None and running else None,
        )
    objected = (
        select(PublicNotice.last_day)
        .join(Objection, Objection.notice == PublicNotice.id)
        .where(Objection.person == person, PublicNotice.state == "running")
    )
    for day in session.scalars(objected):
        yield N_("A public notice to which you objected is still running."), day
