"""Whether a way can still be had: the rights register, what other deals have claimed, and what
open listings that run have promised to whoever wins them.

The answer decides only under the locks of the assets (`progress` takes them before an acceptance).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.law import Profile
from deals.models import AssetClaim, Posting
from deals.offers import Terms
from deals.rounds.models import Round
from deals.rounds.states import RUNNING
from listings.availability import Bound, RightHeld, bound_by, conflicts
from listings.kinds import RightKind, Way
from listings.models import AssetMember, Listing
from listings.rights import registers

_ASKED_LATER: Final = frozenset({"pledgee", "co_owners"})
"""Consents are asked for before signing; they do not keep two sides from agreeing on a price."""


@dataclass(frozen=True)
class Wish:
    """What somebody would have; "": every field, everywhere."""

    way: str
    field: str = ""
    territory: str = ""

    @classmethod
    def of(cls, terms: Terms) -> Wish:
        return cls(terms.way, terms.field, terms.territory)

    def held(self, on: date) -> RightHeld:
        way, field = Way(self.way), self.field or None
        return RightHeld(RightKind.GRANT, way, on, None, field, self.territory or None)


def way_is_free(
    session: Session,
    assets: Sequence[str],
    deal: str,
    wish: Wish,
    on: date,
    *,
    posting: str | None = None,
    profile: Profile | None = None,
) -> bool:
    """Whether what is wished for stands open in every asset, to this deal; what the round of its
    own `posting` promises does not stand in its way. What another deal has claimed holds for its
    field and places."""
    wanted = wish.held(on)
    claimed = _claimed(session, assets, deal, on)
    promised = _promised(session, assets, posting, on)
    bound = bound_by(profile) if profile is not None else Bound()
    for asset, register in registers(session, assets, bound).items():
        others = (*claimed.get(asset, ()), *promised.get(asset, ()))
        full = replace(register, rights=(*register.rights, *others))
        if set(conflicts(full, wanted, on)) - _ASKED_LATER:
            return False
    return True


def _claimed(
    session: Session, assets: Sequence[str], deal: str, on: date
) -> dict[str, list[RightHeld]]:
    found: dict[str, list[RightHeld]] = {}
    others = select(AssetClaim).where(AssetClaim.asset.in_(assets), AssetClaim.deal != deal)
    for claim in session.scalars(others):
        held = Wish(claim.way, claim.field, claim.territory).held(on)
        found.setdefault(claim.asset, []).append(held)
    return found


def _promised(
    session: Session, assets: Sequence[str], own: str | None, on: date
) -> dict[str, list[RightHeld]]:
    """By asset. A round locks the assets when it is announced; that it has ended frees the way,
    and needs no lock to be seen."""
    rows = session.execute(
        select(Listing.asset, AssetMember.member, Posting.way, Posting.terms)
        .join(Round, Round.listing == Listing.id)
        .join(Posting, Posting.id == Round.posting)
        .outerjoin(AssetMember, AssetMember.package == Listing.asset)
        .where(
            Round.state.in_(RUNNING),
            Round.posting != (own or ""),
            or_(Listing.asset.in_(assets), AssetMember.member.in_(assets)),
        )
    )
    found: dict[str, list[RightHeld]] = {}
    for asset, member, way, terms in rows:
        held = Wish(way, terms.get("field", ""), terms.get("territory", "")).held(on)
        for one in {asset, member} - {None}:
            found.setdefault(one, []).append(held)
    return found
