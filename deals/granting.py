"""The rights that a deal's terms pass, asset by asset, as the register keeps them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deals.models import Deal, DealAsset
from deals.offers import Terms
from listings.kinds import AssetKind, Way
from listings.models import Asset
from listings.rights import Grant


def rights_of(session: Session, deal: Deal, terms: Terms, starts: date) -> list[tuple[str, Grant]]:
    """(asset, right) for each asset that passes or is licensed, in the order of their locks.

    A package is nothing beside its members, and joint development passes no right that the
    register knows.
    """
    if terms.way == Way.JOINT_DEVELOPMENT:
        return []
    right = Grant(
        way=Way(terms.way),
        holder=deal.buyer_org,
        source=deal.stream,
        starts=starts,
        ends=terms.until,
        field=terms.field or None,
        territory=terms.territory or None,
        holder_name=None if deal.buyer_org else deal.buyer_firm or deal.buyer_name,
    )
    assets = session.scalars(
        select(Asset.id)
        .join(DealAsset, DealAsset.asset == Asset.id)
        .where(DealAsset.deal == deal.id, Asset.kind != AssetKind.PACKAGE)
        .order_by(Asset.id)
    )
    return [(asset, right) for asset in assets]
