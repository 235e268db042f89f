"""Change what a listing or its asset says."""

from __future__ import annotations

from core.errors import Invalid
from core.results import Done
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from listings import facts
from listings.errors import StaleEdit
from listings.history import move
from listings.inputs import ListingChange
from listings.models import Asset, Listing
from listings.packages import check_members
from listings.permissions import Do, check_may
from listings.rules import (
    check_publishable,
    check_secrecy,
    check_shares,
    problems,
    promise_problems,
)
from listings.states import ListingAction, ListingState
from listings.writing import write_asset, write_listing


def edit_listing(
    uow: UnitOfWork, listing: str, change: ListingChange, version: int | None = None
) -> Done:
    """`version` is the one the writer saw: another one now raises StaleEdit, and nothing is lost.

    Raises Forbidden, Invalid, WrongState, Classified, NotPublishable,
    SharesWrong.
    """
    uow.check(check_may, listing, Do.EDIT)
    if found := problems(change):
        raise Invalid(found)
    if change.asset and change.asset.secrecy:
        check_secrecy(change.asset.secrecy)
    if change.asset and change.asset.contributors:
        check_shares(person.share_bp for person in change.asset.contributors)
    at = uow.lock(Listing, listing)
    uow.check(check_may, listing, Do.EDIT)  # the state may have moved while we waited for the lock
    if version is not None and at.row.version != version:
        raise StaleEdit
    profile = uow.law(at.row.jurisdiction, legal_date(at.now, uow.ports.zone))
    if found := promise_problems(change, profile, uow.actor.language):
        raise Invalid(found)
    if at.row.state == ListingState.PUBLISHED and change.asset and change.asset.secrecy:
        check_publishable(change.asset.secrecy, profile)
    move(at, ListingAction.EDIT)
    write_listing(at, change)
    if change.asset is not None:
        asset = uow.lock(Asset, at.row.asset)
        check_members(uow.session, asset.row.owner_org, asset.row.kind, change.asset.members or ())
        write_asset(asset, change.asset)
        asset.record("edited", listing=listing)
        asset.fact(facts.ASSET_CHANGED)
    if at.row.state == ListingState.PUBLISHED:
        at.fact(facts.LISTING_EDITED)
    return Done(listing)
