"""What the home page counts, read when asked, in a constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from accounts.models import Organisation
from accounts.states import OrganisationState
from deals.models import Deal, Inquiry, PublicNotice
from listings.models import Listing, Need, NeedText
from listings.states import ListingState, NeedState

SOON = timedelta(days=21)


@dataclass(frozen=True)
class MarketFigures:
    """Counts as of `at`; `organisations` by kind are those vetted."""

    at: datetime
    published: int
    needs: int
    institutes: int
    firms: int
    inquiries: int
    agreed: int
    notices: int


def market_figures(session: Session, at: datetime) -> MarketFigures:
    """Seven counts in one statement. `agreed` are deals past agreement and not ended.

    An inquiry counts once it was answered or its promised day has come, as on the institute's own
    page: that somebody has just asked is nobody's to see.
    """
    told = or_(Inquiry.first_answer_at.is_not(None), Inquiry.due_at <= at)
    vetted = Organisation.state == OrganisationState.VETTED
    counts = (
        select(func.count()).where(Listing.state == ListingState.PUBLISHED),
        select(func.count()).where(Need.state == NeedState.PUBLISHED, Need.confidential.is_(False)),
        select(func.count()).where(vetted, Organisation.kind == "institute"),
        select(func.count()).where(vetted, Organisation.kind == "firm"),
        select(func.count(Inquiry.id)).where(told),
        select(func.count()).where(Deal.agreed.is_not(None)),
        select(func.count(PublicNotice.id)),
    )
    row = session.execute(select(*(count.scalar_subquery() for count in counts))).one()
    return MarketFigures(at, *row)


@dataclass(frozen=True)
class Closing:
    """Something public whose time runs out: a notice (its last day) or a need (its deadline)."""

    kind: str
    ref: str
    day: date
    titles: dict[str, str]


def closing_soon(session: Session, now: datetime, today: date, limit: int = 5) -> list[Closing]:
    """Notices and needs that end within three weeks, soonest first. Two statements."""
    notices = session.execute(
        select(PublicNotice.id, PublicNotice.last_day, PublicNotice.texts)
        .where(PublicNotice.state == "running", PublicNotice.ends_at > now)
        .order_by(PublicNotice.ends_at)
        .limit(limit)
    )
    found = [
        Closing("notice", f"notice:{id}", day, {lang: t["title"] for lang, t in texts.items()})
        for id, day, texts in notices
    ]
    needs = session.execute(
        select(Need.id, Need.deadline, NeedText.language, NeedText.title)
        .join(NeedText, NeedText.need == Need.id)
        .where(
            Need.state == NeedState.PUBLISHED,
            Need.confidential.is_(False),
            Need.deadline.between(today, today + SOON),
        )
        .order_by(Need.deadline, Need.id)
        .limit(2 * limit)
    )
    by_id: dict[str, Closing] = {}
    for id, day, language, title in needs:
        if day is None:
            continue
        item = by_id.setdefault(id, Closing("need", f"need:{id}", day, {}))
        item.titles[language] = title
    return sorted([*found, *by_id.values()], key=lambda item: item.day)[:limit]
