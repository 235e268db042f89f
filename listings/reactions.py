"""What listings do when they hear of something: a changed asset makes its listings stale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from core.facts import Fact, Reaction
from core.ids import split_ref
from core.unit_of_work import UnitOfWork
from listings import facts
from listings.models import AssetMember, Listing
from listings.numbers import REACTIONS as NUMBERS


def refresh_listings(uow: UnitOfWork, heard: Sequence[Fact]) -> None:
    """Marks every listing of the changed assets, and of packages that hold them, for the index."""
    assets = {split_ref(fact.ref)[1] for fact in heard}
    assets |= set(uow.find(AssetMember.package, AssetMember.member.in_(sorted(assets))))
    for listing in sorted(uow.find(Listing.id, Listing.asset.in_(sorted(assets)))):
        at = uow.lock(Listing, listing)
        at.row.refreshed_at = at.now
        at.record("refreshed")


def refresh_owned(uow: UnitOfWork, heard: Sequence[Fact]) -> None:
    """An organisation is now called otherwise: what it offers goes into the index anew."""
    owners = {split_ref(fact.ref)[1] for fact in heard}
    for listing in sorted(uow.find(Listing.id, Listing.owner_org.in_(sorted(owners)))):
        at = uow.lock(Listing, listing)
        at.row.refreshed_at = at.now
        at.record("refreshed")


REACTIONS: Final = (
    *NUMBERS,
    Reaction("listings.merged", frozenset({"organisation.merged"}), refresh_owned),
    Reaction("listings.refresh", frozenset({facts.ASSET_CHANGED}), refresh_listings),
)
