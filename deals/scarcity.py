"""Whether a way can still be had: the rights register and what other deals have claimed.

The answer decides only under the locks of the assets (`progress` takes them before an acceptance).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deals.models import AssetClaim
from listings.availability import Register, RightHeld, availability
from listings.kinds import RightKind, Way
from listings.models import Right


def way_is_free(
    session: Session, assets: Sequence[str], deal: str, way: str, field: str, on: date
) -> bool:
    """Whether `way` in `field` ("": every field) stands open in every asset, to this deal."""
    held = _held(session, assets, deal, on)
    return all(
        availability(Register(tuple(held.get(asset, ()))), Way(way), on, field or None).can_be_asked
        for asset in assets
    )


def _held(
    session: Session, assets: Sequence[str], deal: str, on: date
) -> dict[str, list[RightHeld]]:
    found: dict[str, list[RightHeld]] = {}
    for right in session.scalars(select(Right).where(Right.asset.in_(assets))):
        way = Way(right.way) if right.way else None
        held = RightHeld(
            RightKind(right.kind), way, right.starts, right.ends, right.field, right.territory
        )
        found.setdefault(right.asset, []).append(held)
    others = select(AssetClaim).where(AssetClaim.asset.in_(assets), AssetClaim.deal != deal)
    for claim in session.scalars(others):
        held = RightHeld(RightKind.GRANT, Way(claim.way), on, None, claim.field or None)
        found.setdefault(claim.asset, []).append(held)
    return found
