"""For which results a maker acts in the unit's place, as SQL."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, exists, select

from deals.idle.models import IdleUse
from deals.idle.states import ACTING
from listings.kinds import RightKind
from listings.models import Listing, Right


def granted(asset: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether a right in it was granted: then the unit has acted."""
    return exists().where(Right.asset == asset, Right.kind == RightKind.GRANT)


def acted_for(person: str) -> Select[str]:
    """Listings of the results for which this maker acts now."""
    return (
        select(Listing.id)
        .join(IdleUse, IdleUse.asset == Listing.asset)
        .where(
            IdleUse.person == person,
            IdleUse.state.in_(ACTING),
            ~granted(IdleUse.asset.expression),
        )
    )
