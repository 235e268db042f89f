"""Whether a way can still be had: the rights register and what other deals have claimed.

The answer decides only under the locks of the assets (`progress` takes them before an acceptance).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from deals.models import AssetClaim
from listings.availability import RightHeld, conflicts
from listings.kinds import RightKind, Way
from listings.rights import registers

_ASKED_LATER: Final = frozenset({"pledgee", "co_owners"})
"""Consents are asked for before signing; they do not keep two sides from agreeing on a price."""


def way_is_free(
    session: Session, assets: Sequence[str], deal: str, way: str, field: str, on: date
) -> bool:
    """Whether `way` in `field` ("": every field) stands open in every asset, to this deal."""
    wanted = RightHeld(RightKind.GRANT, Way(way), on, None, field or None)
    claimed = _claimed(session, assets, deal, on)
    for asset, register in registers(session, assets).items():
        full = replace(register, rights=(*register.rights, *claimed.get(asset, ())))
        if set(conflicts(full, wanted, on)) - _ASKED_LATER:
            return False
    return True


def _claimed(
    session: Session, assets: Sequence[str], deal: str, on: date
) -> dict[str, list[RightHeld]]:
    found: dict[str, list[RightHeld]] = {}
    others = select(AssetClaim).where(AssetClaim.asset.in_(assets), AssetClaim.deal != deal)
    for claim in session.scalars(others):
        held = RightHeld(RightKind.GRANT, Way(claim.way), on, None, claim.field or None)
        found.setdefault(claim.asset, []).append(held)
    return found
