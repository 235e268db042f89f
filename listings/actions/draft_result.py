"""Begin a result, patent, know-how or package: title, owner and one sentence are enough."""

from __future__ import annotations

from accounts.units.queries import unit_of_member
from core.errors import Invalid
from core.results import Done
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from listings import facts
from listings.errors import Incomplete
from listings.history import move
from listings.inputs import ListingChange, TextInput
from listings.kinds import AssetKind
from listings.models import Asset, Listing
from listings.packages import check_members
from listings.permissions import check_may_draft
from listings.rules import (
    DRAFT,
    Filled,
    check_secrecy,
    check_shares,
    fields_of,
    missing,
    problems,
    promise_problems,
)
from listings.states import ListingAction
from listings.writing import write_asset, write_listing


def draft_result(
    uow: UnitOfWork,
    owner_org: str,
    kind: AssetKind,
    text: TextInput,
    change: ListingChange | None = None,
) -> Done:
    """Answers with the listing's id. Raises Forbidden, Invalid, Incomplete, Classified."""
    uow.check(check_may_draft, owner_org)
    given = change or ListingChange()
    whole = ListingChange(**(vars(given) | {"texts": (text, *given.texts)}))
    if found := problems(whole):
        raise Invalid(found)
    filled = Filled(kind, title=text.title, value_line=text.value_line)
    if whole.asset and whole.asset.secrecy:
        check_secrecy(whole.asset.secrecy)
    if whole.asset and whole.asset.contributors:
        check_shares(person.share_bp for person in whole.asset.contributors)
    now = uow.now(uow.open())
    profile = uow.law(uow.ports.jurisdiction, legal_date(now, uow.ports.zone))
    if found := promise_problems(whole, profile, uow.actor.language):
        raise Invalid(found)
    if lacking := missing(filled, profile.codes(DRAFT)):
        raise Incomplete(fields=fields_of(lacking))
    asset = uow.create(Asset(kind=kind, owner_org=owner_org, created_at=now))
    listing = uow.create(
        Listing(
            asset=asset.row.id,
            owner_org=owner_org,
            author=uow.actor.person,
            unit=unit_of_member(uow.session, uow.actor.person or "", owner_org, now),
            language=text.language,
            jurisdiction=uow.ports.jurisdiction,
            state="draft",
            created_at=now,
            edited_at=now,
        )
    )
    asset.record("drafted", kind=str(kind), owner=owner_org)
    move(listing, ListingAction.EDIT)
    write_listing(listing, whole)
    if whole.asset:
        check_members(uow.session, owner_org, kind, whole.asset.members or ())
        write_asset(asset, whole.asset)
    listing.fact(facts.LISTING_DRAFTED)
    return Done(listing.row.id)
