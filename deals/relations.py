"""Whether a buyer is related to the makers or the owner of a result: found by the market, whatever
is declared. It knows seats and contributors, no families and no shares in a company."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, false, or_, select
from sqlalchemy.orm import Session

from accounts.models import Membership
from deals.models import Deal, DealAsset
from listings.models import Contributor


def is_related(
    session: Session,
    assets: Iterable[str],
    owner: str,
    now: datetime,
    *,
    person: str | None = None,
    organisation: str | None = None,
) -> bool:
    """Whether the buyer, or anybody with a seat in the buyer's organisation, is a contributor of
    one of the assets or has a seat in the owner."""
    owners = select(Membership.id).where(
        Membership.organisation == owner,
        _buys(Membership.person, person, organisation, now),
        _lasts(now),
    )
    makers = select(Contributor.n).where(
        Contributor.asset.in_(list(assets)), _buys(Contributor.person, person, organisation, now)
    )
    found = (session.scalar(query.limit(1)) for query in (owners, makers))
    return any(one is not None for one in found)


def mark_related(session: Session, row: Deal, now: datetime) -> bool:
    """Looks at the buyer of a deal as they are now, and marks the deal; True where this look found
    what was not marked before. A mark stays."""
    if row.related:
        return False
    assets = session.scalars(select(DealAsset.asset).where(DealAsset.deal == row.id)).all()
    row.related = is_related(
        session,
        assets,
        row.seller_org,
        now,
        person=row.buyer_person,
        organisation=row.buyer_org,
    )
    return row.related


def _buys(
    column: Any, person: str | None, organisation: str | None, now: datetime
) -> ColumnElement[bool]:
    buyer = column == person if person is not None else false()
    if organisation is None:
        return buyer
    seated = select(Membership.person).where(Membership.organisation == organisation, _lasts(now))
    return or_(buyer, column.in_(seated))


def _lasts(now: datetime) -> ColumnElement[bool]:
    return or_(Membership.ends_at.is_(None), Membership.ends_at > now)
